// What makes the built files smaller than esbuild alone does.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { minify } from 'terser';

const OPTIONS = { module: true, ecma: 2020, compress: { passes: 3 } };
const { version } = createRequire(import.meta.url)('terser/package.json');

/** Written by esbuild at the end of each script, so that names of files change with what Terser makes of them. */
export const footer = `//terser ${version} ${JSON.stringify(OPTIONS)}`;

/** Minifies the scripts of a folder again. */
export async function minifyScripts(folder) {
  for (const path of readdirSync(folder).filter(name => name.endsWith('.js')).map(name => join(folder, name))) {
    const { code } = await minify(readFileSync(path, 'utf8'), OPTIONS);
    writeFileSync(path, `${code}\n`);
  }
}

/** The plugin of esbuild that gives the custom properties of the style sheets in `folder` names of one or two letters. */
export function customProperties(folder) {
  const NAME = /--[a-z][a-z0-9-]*/g;
  const sheets = readdirSync(folder).sort().map(name => readFileSync(join(folder, name), 'utf8'));
  const names = [...new Set(sheets.flatMap(sheet => sheet.match(NAME) ?? []))];
  const short = new Map(names.map((name, i) => [name, `--${String.fromCharCode(97 + (i % 26))}${Math.floor(i / 26) || ''}`]));
  const load = ({ path }) => ({ contents: readFileSync(path, 'utf8').replace(NAME, name => short.get(name)), loader: 'css' });
  return { name: 'custom properties', setup: ({ onLoad }) => onLoad({ filter: /\.css$/ }, load) };
}
