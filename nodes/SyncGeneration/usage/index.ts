import { defineResource } from '../../shared/transport/operation';
import { getAllOperation } from './getAll';

/** The Usage resource and its operations. */
export const usageDescription = defineResource('usage', [getAllOperation], getAllOperation);
