import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { sendOptions, simplifyField } from '../../nodes/shared/fields/commonFields.ts';
import type { FormOperation } from './form.mts';
import {
	describeCondition,
	getCollectionFields,
	getGroups,
	getOptions,
	isHiddenInTools,
	isOnlyInTools,
	listOperations,
} from './form.mts';
import { createTable, joinBlocks, linkTo, parseNotes, toSentence } from './markdown.mts';
import { describeNotice, FIELD_HEADER, isLong, toRow } from './fieldRows.mts';
import type { Output } from './outputFields.mts';
import { createItemTable, createOutputBlock, getItemTitle } from './outputFields.mts';

/** What a reference page is made from. */
export interface NodePageInput {
	description: INodeTypeDescription;
	/** The prose of the page: an introduction, and sections by operation or by heading of their own. */
	notes: string;
	/** The output of an operation. */
	findOutput: (resource?: string, operation?: string) => Output;
}

/** Fewer fields are described again where they appear again. */
const MIN_FIELDS_TO_REFER = 4;

const SEND_OPTIONS = 'Options of every operation';
const SEND_OPTION_NAMES = sendOptions.map(({ name }) => name);
const AGENTS = 'When an AI agent uses the node';

/** Creates the reference page of a node. @throws Error if its notes have a section that the page has no place for */
export function createNodePage({ description, notes, findOutput }: NodePageInput): string {
	const operations = listOperations(description);
	const { intro, sections } = parseNotes(notes);
	const page = new NodePage(operations, sections);
	const main =
		operations.length > 0
			? [
					createOverview(operations),
					...operations.map((operation) =>
						page.describeOperation(operation, findOutput(operation.resource, operation.value)),
					),
				]
			: [
					joinBlocks('## Fields', page.describeFields('Fields', description.properties)),
					page.describeOutput(findOutput()),
				];
	const common = [
		page.describeSendOptions(description.properties.filter((field) => field.isNodeSetting)),
		page.describeItems(),
		page.describeLongLists(),
		page.describeAgents(),
	];
	return `${joinBlocks(
		`# ${description.displayName}`,
		'<!-- Made by `npm run generate` from the form of the node, the API contract and docs/reference/. -->',
		intro,
		...main,
		page.describeNotes(),
		...common,
	)}\n`;
}

function createOverview(operations: FormOperation[]): string {
	return joinBlocks(
		'## Operations',
		createTable(
			['operation', 'what it does'],
			operations.map(({ title, description }) => [linkTo(title), toSentence(description)]),
		),
	);
}

/** Collects what several operations have in common, to describe it once. */
class NodePage {
	/** The operation that described a field, by the rows of the field. */
	private readonly operationByRows = new Map<string, string>();

	private readonly longLists = new Map<string, INodeProperties>();

	private readonly items = new Map<string, Output>();

	private readonly toolFields = new Map<string, INodeProperties>();

	private readonly usedNotes = new Set<string>();

	constructor(
		private readonly operations: FormOperation[],
		private readonly notes: Map<string, string>,
	) {}

	/** The prose for a heading, if there is any. */
	takeNote(heading: string): string | undefined {
		this.usedNotes.add(heading);
		return this.notes.get(heading);
	}

	describeOperation({ title, description, fields }: FormOperation, output: Output): string {
		const own = fields.filter(({ name }) => name !== 'operation');
		return joinBlocks(
			`## ${title}`,
			toSentence(description),
			this.takeNote(title),
			this.describeFields(title, own),
			this.describeOutput(output),
		);
	}

	describeOutput(output: Output): string {
		const item = getItemTitle(output);
		if (item !== undefined) this.items.set(item, output);
		return createOutputBlock(output);
	}

	/** Describes the fields of a form: notices, a table, and a table for each collection. */
	describeFields(title: string, fields: INodeProperties[]): string {
		for (const field of fields.filter(isOnlyInTools)) {
			this.toolFields.set(`${field.displayName}: ${field.description}`, field);
		}
		const shown = fields.filter((field) => !isOnlyInTools(field));
		const notices = shown.filter(({ type }) => type === 'notice');
		const collections = shown.filter(({ type }) => type === 'collection');
		const plain = shown.filter((field) => ![...notices, ...collections].includes(field));
		const isAlwaysShown = (notice: INodeProperties) =>
			describeCondition(notice, shown) === undefined;
		return joinBlocks(
			...notices.filter(isAlwaysShown).map((notice) => describeNotice(notice, shown)),
			this.describeTable(
				title,
				plain.map((field) => this.toRows(field, shown)),
			),
			...collections.map((collection) => this.describeCollection(title, collection, shown)),
			...notices
				.filter((notice) => !isAlwaysShown(notice))
				.map((notice) => describeNotice(notice, shown)),
		);
	}

	private describeCollection(
		title: string,
		collection: INodeProperties,
		siblings: INodeProperties[],
	): string | undefined {
		const fields = getCollectionFields(collection).filter(
			({ name }) => collection.name !== 'options' || !SEND_OPTION_NAMES.includes(name),
		);
		const isOptions = collection.name === 'options' && this.operations.length > 0;
		const heading = `**${collection.displayName}**${collection.isNodeSetting ? " (in the node's settings)" : ''}`;
		if (fields.length === 0)
			return isOptions
				? `${heading}: only the ${linkTo(SEND_OPTIONS, 'options of every operation')}.`
				: undefined;
		const condition = describeCondition(collection, siblings);
		return joinBlocks(
			`${heading}${condition ? ` (${condition})` : ''}${isOptions ? `, and the ${linkTo(SEND_OPTIONS, 'options of every operation')}` : ''}:`,
			this.describeTable(
				title,
				fields.map((field) => this.toRows(field, [...fields, ...siblings])),
			),
		);
	}

	/**
	 * Describes fields in a table. Only names those that are the same in an earlier operation, if there are many.
	 *
	 * @param fields the rows of each field
	 */
	private describeTable(title: string, fields: string[][][]): string {
		const described = fields.map((rows) => ({
			rows,
			earlier: this.operationByRows.get(JSON.stringify(rows)),
		}));
		for (const { rows, earlier } of described) {
			if (earlier === undefined) this.operationByRows.set(JSON.stringify(rows), title);
		}
		const [source, count] = findMostFrequent(described.flatMap(({ earlier }) => earlier ?? []));
		const isReferred = ({ earlier }: { earlier?: string }) =>
			count >= MIN_FIELDS_TO_REFER && earlier === source;
		const names = described.filter(isReferred).map(({ rows }) => rows[0][0]);
		return joinBlocks(
			names.length > 0 && `As in ${linkTo(source)}: ${names.join(', ')}.`,
			createTable(
				FIELD_HEADER,
				described.filter((one) => !isReferred(one)).flatMap(({ rows }) => rows),
			),
		);
	}

	private toRows(field: INodeProperties, siblings: INodeProperties[]): string[][] {
		if (field.type === 'options' && isLong(field)) this.longLists.set(field.displayName, field);
		const rows = [toRow(field, siblings)];
		if (field.type !== 'fixedCollection') return rows;
		for (const { values } of getGroups(field)) {
			rows.push(
				...values.flatMap((value) =>
					this.toRows(value, values).map(([label, ...cells]) => [`→ ${label}`, ...cells]),
				),
			);
		}
		return rows;
	}

	/**
	 * Describes the options that every operation has. Empty without operations.
	 *
	 * @param settings the fields in the settings of the node
	 */
	describeSendOptions(settings: INodeProperties[]): string {
		const note = this.takeNote(SEND_OPTIONS);
		if (this.operations.length === 0) return '';
		return joinBlocks(
			`## ${SEND_OPTIONS}`,
			note,
			createTable(
				FIELD_HEADER,
				sendOptions.map((field) => toRow(field, [])),
			),
			...settings.map((setting) => this.describeCollection(SEND_OPTIONS, setting, [])),
		);
	}

	/** Describes the fields of each kind of item. */
	describeItems(): string {
		const hasSimplify = this.operations.some(({ fields }) =>
			fields.some(({ name }) => name === simplifyField.name),
		);
		return joinBlocks(
			...[...this.items].map(([title, output]) =>
				joinBlocks(`## ${title}`, this.takeNote(title), createItemTable(output, hasSimplify)),
			),
		);
	}

	describeLongLists(): string {
		return joinBlocks(
			...[...this.longLists].map(([label, field]) =>
				joinBlocks(
					`## ${label} values`,
					getOptions(field)
						.map(({ name, value }) => `${name} (\`${String(value)}\`)`)
						.join(', '),
				),
			),
		);
	}

	describeAgents(): string {
		const hiddenOperations = this.operations.filter((operation) => operation.isHiddenInTools);
		const visible = this.operations.filter((operation) => !operation.isHiddenInTools);
		const hiddenFields = new Set(
			visible.flatMap(({ fields }) => {
				const inTool = fields.filter(isOnlyInTools).map(({ name }) => name);
				return fields
					.filter((field) => isHiddenInTools(field) && !inTool.includes(field.name))
					.map(({ displayName }) => `'${displayName}'`);
			}),
		);
		const hiddenOptions = new Set(
			visible.flatMap(({ fields }) =>
				fields
					.filter(({ type }) => type === 'options')
					.flatMap((field) =>
						getOptions(field)
							.filter(isHiddenInTools)
							.map(({ name }) => `${name} in '${field.displayName}'`),
					),
			),
		);
		const allFields = [...this.toolFields.values(), ...visible.flatMap(({ fields }) => fields)];
		const note = this.takeNote(AGENTS);
		if (this.operations.length === 0) return note ? joinBlocks(`## ${AGENTS}`, note) : '';
		const list = (intro: string, names: Iterable<string>) => {
			const joined = [...names].join(', ');
			return joined && `${intro}: ${joined}.`;
		};
		return joinBlocks(
			`## ${AGENTS}`,
			note,
			this.toolFields.size > 0 && 'These fields exist only there:',
			createTable(
				FIELD_HEADER,
				[...this.toolFields.values()].map((field) => toRow(field, allFields)),
			),
			list(
				'An agent makes one call at a time, and has no files. So these operations are missing',
				hiddenOperations.map(({ title }) => linkTo(title)),
			),
			list('These fields are missing', hiddenFields),
			list('These choices are missing', hiddenOptions),
		);
	}

	/** The prose with headings of its own. @throws Error if a heading looks like an operation, but isn't one */
	describeNotes(): string {
		const rest = [...this.notes].filter(
			([heading]) =>
				!this.usedNotes.has(heading) &&
				![SEND_OPTIONS, AGENTS, ...this.items.keys()].includes(heading),
		);
		const misplaced = rest.filter(([heading]) => heading.includes('→')).map(([heading]) => heading);
		if (misplaced.length > 0)
			throw new Error(`There are no such operations: ${misplaced.join(', ')}`);
		return joinBlocks(...rest.map(([heading, text]) => joinBlocks(`## ${heading}`, text)));
	}
}

/** The value that a list has most often, and how often. */
function findMostFrequent(values: string[]): [value: string, count: number] {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].sort(([, a], [, b]) => b - a)[0] ?? ['', 0];
}
