import { defineResource } from '../../shared/transport/operation';
import { createOperation } from './create';

/** The Speech resource and its operations. */
export const speechDescription = defineResource('speech', [createOperation], createOperation);
