// Builds the page into src/main/resources/web, from which the bridge serves it. The same sources give the same bytes, so
// that a check can build it again and compare.
import { build } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { customProperties, footer, minifyScripts } from './smaller.mjs';
import { texts } from './texts.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = process.argv[2] ?? join(root, '../resources/web');
const assets = join(target, 'assets');

rmSync(target, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });

const result = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.tsx', 'src/wall/wall.tsx', 'src/style/page.css', 'src/style/wall.css', 'src/icon.svg'],
  outdir: assets,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['es2022', 'chrome109', 'firefox115', 'safari16.4'],
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  footer: { js: footer },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.svg': 'copy' },
  plugins: [await texts(join(root, 'src')), customProperties(join(root, 'src/style'))],
  metafile: true,
  logLevel: 'warning',
});

await minifyScripts(assets);

const { outputs } = result.metafile;

function missing(source) {
  throw new Error(`${source} is not in the output`);
}

/** The file that contains a script. What other files share with it may be elsewhere than its entry, which then only imports it. */
function scriptOf(source) {
  const [path] = Object.entries(outputs).find(([, output]) => output.inputs[source]?.bytesInOutput > 0) ?? missing(source);
  const [entry] = Object.entries(outputs).find(([, output]) => output.entryPoint === source);
  if (entry !== path) {
    rmSync(join(root, entry));
  }
  return path;
}

function styleOf(source) {
  const [path] = Object.entries(outputs).find(([, output]) => output.entryPoint === source) ?? missing(source);
  return path;
}

/** Modules that the first one imports at once, so that browsers need not wait for it to find them. */
function importedBy(path) {
  const found = new Set();
  const follow = each =>
    outputs[each].imports
      .filter(imported => imported.kind === 'import-statement' && !found.has(imported.path))
      .forEach(imported => {
        found.add(imported.path);
        follow(imported.path);
      });
  follow(path);
  return [...found].sort();
}

const asset = path => `assets/${basename(path)}`;
const icon = `assets/${readdirSync(assets).find(name => name.startsWith('icon-')) ?? missing('src/icon.svg')}`;

/** Writes a document with the names of its files. The first style sheet is that of the page, for the wall too. */
function document(name, script, style) {
  const path = scriptOf(script);
  const page = readFileSync(join(root, name), 'utf8')
    .replace('{{icon}}', icon)
    .replace('{{style}}', asset(styleOf('src/style/page.css')))
    .replace('{{own}}', asset(styleOf(style)))
    .replace('{{script}}', asset(path))
    .replace('{{modules}}', importedBy(path).map(each => `<link rel="modulepreload" href="${asset(each)}">`).join('\n'));
  writeFileSync(join(target, name), page);
}

document('index.html', 'src/main.tsx', 'src/style/page.css');
document('wall.html', 'src/wall/wall.tsx', 'src/style/wall.css');
// The licences of what is built into the scripts; those of Preact's signals are the same.
const licenses = ['preact', '@preact/signals', '@preact/signals-core'].map(name => [
  readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8').trim(),
  name,
]);
const byText = [...new Map(licenses).keys()].map(text => [licenses.filter(each => each[0] === text).map(each => each[1]), text]);
writeFileSync(join(assets, 'licenses.txt'), byText.map(([names, text]) => `${names.join(', ')}\n\n${text}\n`).join('\n'));
// Resources of a jar cannot be listed at run time.
writeFileSync(join(target, 'assets.txt'), readdirSync(assets).sort().map(name => `${name}\n`).join(''));
