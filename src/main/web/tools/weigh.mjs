// Prints what the page weighs compressed: what the first load of the page takes, what that of the wall takes, and everything.
import { gzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = process.argv[2] ?? join(dirname(dirname(fileURLToPath(import.meta.url))), '../resources/web');
const size = name => gzipSync(readFileSync(join(root, name)), { level: 9 }).length;
const assets = readdirSync(join(root, 'assets')).map(name => `assets/${name}`);
const documents = ['index.html', 'wall.html'];
const load = document => {
  const html = readFileSync(join(root, document), 'utf8');
  return assets.filter(name => html.includes(name)).reduce((sum, name) => sum + size(name), size(document));
};
for (const name of [...documents, ...assets]) {
  console.log(`${String(size(name)).padStart(7)} ${name}`);
}
console.log(`first load of the page ${load('index.html')}, of the wall ${load('wall.html')}, all ${[...documents, ...assets].reduce((sum, name) => sum + size(name), 0)}`);
