import { defineResource } from '../../shared/transport/operation';
import { createOperation } from './create';

/** The resource Speech: its operations. */
export const speechDescription = defineResource('speech', [createOperation], createOperation);
