// Runs the rules of n8n's scanner for community packages on a folder: node scan.mjs FOLDER PATTERN…
// The pattern `SOURCE` stands for what the scanner reads of a package's source. Prints the verdict as JSON.
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [folder, ...patterns] = process.argv.slice(2);
const { passed, message, details } = await analyzePackage(
	folder,
	patterns[0] === 'SOURCE' ? SOURCE_FILE_PATTERNS : patterns,
);
console.log(JSON.stringify({ passed, message, details }));
