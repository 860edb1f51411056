// Runs the tests of what needs no browser with Node's own test runner. They are bundled first, because the oldest Node.js
// that builds the page does not read TypeScript.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'printer2mqtt-page-'));
try {
  await build({
    absWorkingDir: root,
    entryPoints: readdirSync(join(root, 'test')).filter(name => name !== 'fixture.ts').map(name => `test/${name}`),
    outdir: folder,
    outExtension: { '.js': '.test.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  const tests = readdirSync(folder).map(name => join(folder, name));
  process.exitCode = spawnSync(process.execPath, ['--test', ...tests], { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
