// n8n-core needs decorator metadata. When it is imported, it creates a settings file in the user folder, which must not
// be the home folder of the person who runs the tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import 'reflect-metadata';

const folder = mkdtempSync(path.join(tmpdir(), 'n8n-test-'));
process.env.N8N_USER_FOLDER = folder;
process.env.N8N_EXPRESSION_ENGINE = 'legacy';
// Otherwise, n8n logs every expected error to the console.
process.env.N8N_LOG_LEVEL = 'silent';

afterAll(() => rmSync(folder, { recursive: true, force: true }));
