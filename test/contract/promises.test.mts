import { N8N_VERSIONS } from '../../n8n/install.mts';
import { SITUATIONS } from '../reliability/faults.mts';
import { expectNone } from './expectNone.mts';
import { listFiles, parseTexts, readText } from './repository.mts';

/** Messages of n8n itself. */
const N8N_MESSAGES = [
	'The request was blocked because it resolves to a restricted IP address',
	'Unrecognized node type: n8n-nodes-sync-so.syncAsset',
];

/** Whether a message begins with a quote, in which an ellipsis stands for any text. */
function beginsWith(message: string, quote: string): boolean {
	let end = 0;
	return quote.split('…').every((part, index) => {
		const start = message.indexOf(part, end);
		end = start + part.length;
		return index === 0 ? start === 0 : start >= 0;
	});
}

test('README.md names the versions of n8n that are tested', () => {
	const [sentence] = /^Tested with n8n [^]*?\.(?=\s)/m.exec(readText('README.md')) ?? [''];
	expect(sentence.match(/\d+\.\d+\.\d+/g)).toEqual([...N8N_VERSIONS]);
});

test('docs/reliability.md says how many kinds of failure are tested', () => {
	const [, count] = /(\d+) kinds of failure/.exec(readText('docs/reliability.md')) ?? [];
	expect(Number(count)).toBe(SITUATIONS.length);
});

test('the nodes have the messages that docs/troubleshooting.md quotes', () => {
	const quotes = [...readText('docs/troubleshooting.md').matchAll(/"([^"]+)"/g)].map(
		([, quote]) => quote,
	);
	expect(quotes.length).toBeGreaterThan(0);
	const texts = listFiles('nodes')
		.filter((file) => file.endsWith('.ts'))
		.flatMap((file) => parseTexts(readText(file)));
	const messages = [...texts, ...N8N_MESSAGES];
	expectNone(
		quotes.filter((quote) => !messages.some((message) => beginsWith(message, quote))),
		'Quote messages as they are, or add those of n8n:',
	);
});
