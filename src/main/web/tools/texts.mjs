// Makes the texts of the page small. In the sources a text has a readable key; in the built page a key is the number of
// its text, and a language pack is a list. Keys that are put together at run time, from a prefix and a word of the API, keep
// their names: those whose prefix stands in word('prefix', …) or `prefix.${…}`.
import { transform } from 'esbuild';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

const KEY = /(word\()?(['"])([a-z_]+(?:\.[a-z_]+)+)\2/g;
const PREFIX = /word\('([a-z_.]+)'|`([a-z_.]+)\.\$\{/g;
const PACK = /[/\\]text[/\\](en|de)\.ts$/;

/** The plugin of esbuild that gives the modules below `root` short keys. */
export async function texts(root) {
  const english = await pack(join(root, 'text/en.ts'));
  const sources = readdirSync(root, { recursive: true })
    .map(name => join(root, name))
    .filter(path => /\.tsx?$/.test(path) && !PACK.test(path))
    .map(path => readFileSync(path, 'utf8'));
  const prefixes = sources.flatMap(source => [...source.matchAll(PREFIX)].map(found => `${found[1] ?? found[2]}.`));
  const literals = new Set(sources.flatMap(source => [...source.matchAll(KEY)].map(found => found[3])));
  const isNamed = key => prefixes.some(prefix => key.startsWith(prefix));
  const named = Object.keys(english).filter(isNamed);
  const numbered = Object.keys(english).filter(key => !isNamed(key));
  const unused = numbered.filter(key => !literals.has(key));
  if (unused.length > 0) {
    throw new Error(`no screen shows the texts ${unused.join(', ')}, unless their keys are put together in another way`);
  }
  const ambiguous = numbered.filter(key => prefixes.includes(`${key}.`));
  if (ambiguous.length > 0) {
    throw new Error(`${ambiguous.join(', ')}: a text and the beginning of other keys`);
  }
  const numbers = new Map(numbered.map((key, number) => [key, number]));
  // The order in which an object lists its keys: numbers first.
  if (Object.values(english).some(text => text.includes('|'))) {
    throw new Error('texts cannot contain |, which stands between them');
  }
  const list = texts => `${JSON.stringify([...numbered, ...named].map(key => texts[key]).join('|'))}.split('|')`;

  const read = async path => {
    switch (path.match(PACK)?.[1]) {
      case 'en':
        return `const names = ${families(named)}.flatMap(([prefix, words]) => words.split(' ').map(word => prefix + word));
          export const en = Object.fromEntries(${list(english)}.map((text, i) => [names[i - ${numbered.length}] ?? i, text]));`;
      case 'de':
        return `export const de = ${list(await pack(path))};`;
      default:
        return readFileSync(path, 'utf8').replace(KEY, (whole, call, quote, key) =>
          // The prefix of a text may be the key of another one.
          call === undefined && numbers.has(key) ? (quote === '"' ? `{${numbers.get(key)}}` : numbers.get(key)) : whole,
        );
    }
  };
  const load = async ({ path }) => ({ contents: await read(path), loader: extname(path).slice(1) });
  return { name: 'texts', setup: ({ onLoad }) => onLoad({ filter: /[/\\]src[/\\].*\.tsx?$/ }, load) };
}

/** Keys as a list of prefixes with the words that follow them, in the same order. */
function families(keys) {
  const found = [];
  for (const key of keys) {
    const [, prefix, word] = key.match(/(.*\.)(.*)/);
    if (found.at(-1)?.[0] === prefix) {
      found.at(-1)[1] += ` ${word}`;
    } else {
      found.push([prefix, word]);
    }
  }
  return JSON.stringify(found);
}

/** The one export of a language pack. */
async function pack(path) {
  const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'ts', format: 'esm' });
  return Object.values(await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`))[0];
}
