/**
 * Passes if there are no findings. `expect(findings).toEqual([])` would show them too, but not what to do.
 *
 * @throws Error with the advice and the findings
 */
export function expectNone(findings: string[], advice: string): void {
	if (findings.length > 0) throw new Error(`${advice}\n\n  ${findings.join('\n  ')}\n`);
}
