import fc from 'fast-check';

/** Any text, including lone surrogates and control characters, which fast-check's strings leave out. */
export const anyText = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 300 }),
	fc.string({ unit: 'binary' }),
	fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes)),
	fc
		.array(fc.constantFrom(...'./\\%?#&=;@:2eE~ \t', 'batch', 'é', '👄'))
		.map((all) => all.join('')),
);

/** Anything that JSON can contain, with names that mean something to JavaScript. */
export const anyJson = fc.oneof(
	fc.jsonValue({ maxDepth: 2 }),
	fc.dictionary(
		fc.constantFrom('__proto__', 'constructor', 'toString', 'then', 'length', 'error', 'json'),
		fc.jsonValue({ maxDepth: 1 }),
	),
);
