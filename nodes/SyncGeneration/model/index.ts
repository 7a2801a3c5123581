import { defineResource } from '../../shared/transport/operation';
import { getAllOperation } from './getAll';

/** The Model resource and its operations. */
export const modelDescription = defineResource('model', [getAllOperation], getAllOperation);
