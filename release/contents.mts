/** What package.json tells n8n to load. */
export interface LoadedFiles {
	n8n: { nodes: string[]; credentials: string[] };
}

/** Lists the nodes and credentials that n8n would not find in a package. @param files paths from its root */
export const findMissing = ({ n8n }: LoadedFiles, files: string[]): string[] =>
	[...n8n.nodes, ...n8n.credentials].filter((file) => !files.includes(file));
