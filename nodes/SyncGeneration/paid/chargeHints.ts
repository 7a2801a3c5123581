import type { NodeHint } from 'n8n-workflow';

/** The operations that sync.so charges for each input item, as `resource:operation`. */
const CHARGED_PER_ITEM = ['generation:create', 'speech:create', 'batch:create'];

/** One hint for each. n8n evaluates when to show a hint, but no expression in its message. */
const ITEM_COUNTS = [2, 10, 100, 1000];

const createHint = (minimum: number, above = Infinity): NodeHint => ({
	message: `The input has at least ${minimum} items. sync.so charges each of them.`,
	type: 'warning',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition: `={{ ${[
		`${JSON.stringify(CHARGED_PER_ITEM)}.includes($parameter["resource"] + ":" + $parameter["operation"])`,
		'($parameter["resource"] !== "batch" || !$parameter["dryRun"])',
		`$input.all().length >= ${minimum}`,
		...(above === Infinity ? [] : [`$input.all().length < ${above}`]),
	].join(' && ')} }}`,
});

/**
 * Tell how many items an operation is charged for, once the previous node has run. n8n shows them until the node itself
 * has run.
 */
export const chargeHints = ITEM_COUNTS.map((minimum, index) =>
	createHint(minimum, ITEM_COUNTS[index + 1]),
);
