/** Converts the HTML of n8n's descriptions to Markdown. */
export const toMarkdown = (html: string): string =>
	html
		.replace(/<a [^>]*href="([^"]+)"[^>]*>(.*?)<\/a>/g, '[$2]($1)')
		.replace(/<\/?b>/g, '**')
		.replace(/<code>(.*?)<\/code>/g, '`$1`')
		.replace(/<br ?\/?>/g, ' ');

/** Escapes what would end a cell of a table. */
const escapeCell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n+/g, ' ');

/** Creates a table; empty without rows. */
export const createTable = (header: string[], rows: string[][]): string =>
	rows.length === 0
		? ''
		: [header, header.map(() => '---'), ...rows]
				.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`)
				.join('\n');

/** Ends a text with a full stop, unless it has a mark at its end. */
export const toSentence = (text: string): string => (/[.!?:]$/.test(text) ? text : `${text}.`);

/** The anchor that GitHub gives to a heading. */
export const toAnchor = (heading: string): string =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replace(/ /g, '-');

/** A link to a heading of the same page. @param text default: the heading */
export const linkTo = (heading: string, text = heading): string =>
	`[${text}](#${toAnchor(heading)})`;

/** Joins the parts of a page that aren't empty, with a blank line between them. */
export const joinBlocks = (...blocks: Array<string | undefined | false>): string =>
	blocks.filter(Boolean).join('\n\n');

/**
 * Splits the prose that goes into a generated page at its headings of the second level.
 *
 * @returns the text before the first one, and the texts below the headings
 */
export function parseNotes(text: string): { intro: string; sections: Map<string, string> } {
	const [intro, ...sections] = text.split(/^## /m);
	return {
		intro: intro.trim(),
		sections: new Map(
			sections.map((section) => {
				const [heading, ...lines] = section.split('\n');
				return [heading.trim(), lines.join('\n').trim()];
			}),
		),
	};
}
