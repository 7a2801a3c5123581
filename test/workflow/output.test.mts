import { assetWith, SPEAKER, uuid } from '../unit/answers.mts';
import { answersFrom, useApi } from './api.mts';
import { runWorkflow } from './harness.mts';
import { FAILED, FOUND, GET, getWorkflow, itemsWith, jsons } from './workflows.mts';

const server = useApi();

test('one item asks for its asset with one GET and gives every field, paired with the item', async () => {
	server.api.answer = answersFrom({ [SPEAKER.id]: SPEAKER });
	const { items } = await runWorkflow(getWorkflow(), itemsWith(SPEAKER.id), server.api.credential);
	expect(server.api.lines).toEqual([`GET /v2/assets/${SPEAKER.id}`]);
	expect(items(GET)).toEqual([{ json: SPEAKER, pairedItem: { item: 0 } }]);
});
