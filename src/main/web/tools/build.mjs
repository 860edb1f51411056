// Builds the page into src/main/resources/web, from which the bridge serves it. The same sources give the same bytes, so
// that a check can build it again and compare.
import { build, transform } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = process.argv[2] ?? join(root, '../resources/web');
const assets = join(target, 'assets');

rmSync(target, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });

/** Language packs have the keys of the English one in the same order, so only their texts are built in. */
const texts = {
  name: 'texts',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[/\\]text[/\\]de\.ts$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'ts', format: 'esm' });
      const pack = Object.values(await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`))[0];
      return { contents: `export const ${basename(path, '.ts')} = ${JSON.stringify(Object.values(pack))}`, loader: 'js' };
    }),
};

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
  jsx: 'automatic',
  jsxImportSource: 'preact',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.svg': 'copy' },
  plugins: [texts],
  metafile: true,
  logLevel: 'warning',
});

/** The file that an entry became. */
function builtFrom(source) {
  const found = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint === source);
  return `assets/${basename(found ? found[0] : missing(source))}`;
}

function missing(source) {
  throw new Error(`${source} is not in the output`);
}

/** Modules that the first one imports at once, so that browsers need not wait for it to find them. */
function importedBy(source) {
  const [path] = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint === source);
  const found = new Set();
  const follow = each =>
    result.metafile.outputs[each].imports
      .filter(imported => imported.kind === 'import-statement' && !found.has(imported.path))
      .forEach(imported => {
        found.add(imported.path);
        follow(imported.path);
      });
  follow(path);
  return [...found].map(each => `assets/${basename(each)}`).sort();
}

const icon = `assets/${readdirSync(assets).find(name => name.startsWith('icon-')) ?? missing('src/icon.svg')}`;

/** Writes a document with the names of its files. The first style sheet is that of the page, for the wall too. */
function document(name, script, style) {
  const page = readFileSync(join(root, name), 'utf8')
    .replace('{{icon}}', icon)
    .replace('{{style}}', builtFrom('src/style/page.css'))
    .replace('{{own}}', builtFrom(style))
    .replace('{{script}}', builtFrom(script))
    .replace('{{modules}}', importedBy(script).map(path => `<link rel="modulepreload" href="${path}">`).join('\n'));
  writeFileSync(join(target, name), page);
}

document('index.html', 'src/main.tsx', 'src/style/page.css');
document('wall.html', 'src/wall/wall.tsx', 'src/style/wall.css');
// The licences of what is built into the scripts.
const licenses = ['preact', '@preact/signals', '@preact/signals-core'].map(
  name => `${name}\n\n${readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8').trim()}\n`,
);
writeFileSync(join(assets, 'licenses.txt'), licenses.join('\n'));
// Resources of a jar cannot be listed at run time.
writeFileSync(join(target, 'assets.txt'), readdirSync(assets).sort().map(name => `${name}\n`).join(''));
