/** How a run of n8n's scanner for community packages ended. */
export interface ScannerRun {
	/** Undefined if it did not end by itself. */
	exitCode?: number;
	/** Its standard output. */
	output: string;
}

/**
 * Whether n8n's scanner passed a package. Its exit code doesn't tell: it is 0 for packages that failed, too.
 *
 * @param spec the package and its exact version, e.g. `n8n-nodes-sync-so@0.1.0`
 */
export const isScanPassed = ({ exitCode, output }: ScannerRun, spec: string): boolean => {
	const lines = output.split('\n').map((line) => line.trim());
	return (
		exitCode === 0 &&
		!output.includes('❌') &&
		lines.some((line) => line.endsWith(`✅ Package ${spec} has passed all security checks`))
	);
};
