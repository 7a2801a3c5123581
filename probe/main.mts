import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { parse } from 'yaml';

import { ApiClient } from '../api/client.mts';
import { readDocument } from '../sandbox/core/openapi.mts';
import { type AnyOpenApi, compareOpenApi } from './compareOpenApi.mts';
import { NOT_PROBED } from './facts.mts';
import { type Finding, probe } from './probe.mts';

const MARKS: Record<Finding['verdict'], string> = {
	same: '✓',
	differs: '✗',
	handled: '≠',
	unknown: '?',
	failed: '!',
};

const { values } = parseArgs({ options: { openapi: { type: 'string' } } });
const { SYNC_BASE_URL = 'https://api.sync.so' } = process.env;
const apiKey = (process.env.SYNC_API_KEY ?? '').trim();

try {
	if (apiKey) await printProbe();
	else if (!values.openapi) throw new Error('Set SYNC_API_KEY to an API key, or use --openapi');
	if (values.openapi) await printComparison(values.openapi);
} catch (error) {
	console.error(hideKey(`The probe failed: ${(error as Error).message}`));
	process.exitCode = 1;
}

/** Removes the API key from a text, in case a server repeats it. */
function hideKey(text: string): string {
	return apiKey ? text.replaceAll(apiKey, '[API key]') : text;
}

function print(line: string): void {
	console.log(hideKey(line));
}

async function printProbe(): Promise<void> {
	const client = new ApiClient(SYNC_BASE_URL, apiKey);
	print(`Probing ${client.url}. All requests are free and change nothing.\n`);
	const { findings, violations } = await probe(client, printFinding);
	const count = (verdict: Finding['verdict']) =>
		findings.filter((finding) => finding.verdict === verdict).length;
	print(
		`\n${count('same')} as assumed (✓), ${count('differs')} different (✗), ${count('handled')} different but handled by the nodes (≠), ${count('unknown')} unknown (?), ${count('failed')} failed (!)`,
	);
	print(`\nResponses that do not fit our contract: ${violations.length === 0 ? 'none' : ''}`);
	for (const violation of violations) print(`  ${violation}`);
	print(`\nNot probed, because it costs money or changes the account:`);
	for (const one of NOT_PROBED) print(`  ${one}`);
}

function printFinding({ question, assumed, real, verdict }: Finding): void {
	print(`${MARKS[verdict]} ${question}`);
	print(`    assumed: ${assumed}`);
	if (real !== assumed) print(`    real:    ${real}`);
}

/** Compares a published OpenAPI document with ours. @param source a file or a URL, which gets no API key */
async function printComparison(source: string): Promise<void> {
	const text = /^https?:/.test(source) ? await download(source) : await readFile(source, 'utf8');
	const theirs = parse(text) as AnyOpenApi | null;
	if (typeof theirs?.paths !== 'object') throw new Error(`${source} is not an OpenAPI document`);
	const differing = compareOpenApi(readDocument() as unknown as AnyOpenApi, theirs);
	print(`\n${source} compared with our contract: ${differing.length} operations differ`);
	for (const { operation, differences } of differing) {
		print(`\n${operation}`);
		for (const difference of differences) print(`  ${difference}`);
	}
}

async function download(url: string): Promise<string> {
	const response = await fetch(url).catch((error: Error) => {
		const { message } = (error.cause ?? error) as Error;
		throw new Error(`${url} can't be downloaded: ${message}`);
	});
	if (!response.ok) throw new Error(`${url} can't be downloaded: status ${response.status}`);
	return await response.text();
}
