import { defineResource } from '../../shared/transport/operation';
import { getAllOperation } from './getAll';

/** The resource Model: its operations. */
export const modelDescription = defineResource('model', [getAllOperation], getAllOperation);
