import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { isModel } from '../../shared/fields/models';
import { toItem } from '../../shared/items/toItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readArray } from '../../shared/transport/pages';

/** Every documented field of a model, in output order. */
export const MODEL_FIELDS = ['id', 'name', 'type', 'version', 'description', 'deprecatedAt'];

/** Lists the models. There are only a few, so there is no limit. */
async function getAllModels(item: ItemContext): Promise<INodeExecutionData[]> {
	const models = await readArray(item, isModel);
	return models.map((model) => ({ json: toItem(model, MODEL_FIELDS) }));
}

/** Model → Get Many. */
export const getAllOperation = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many models',
	description: 'Get the models available to your account',
	request: { method: 'GET', url: '/v2/models' },
	fields: [optionsField()],
	handle: getAllModels,
});
