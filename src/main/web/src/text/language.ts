import { computed, effect, signal } from '@preact/signals';
import { language } from '../preferences';
import { en, type Key, type Messages } from './en';

/** Languages besides English are loaded when they are chosen. */
const PACKS: Record<'de', () => Promise<Messages>> = {
  de: async () => keyed((await import('./de')).de),
};

/** A built pack has the texts alone, in the order of the English ones. */
function keyed(pack: Messages | string[]): Messages {
  return Array.isArray(pack) ? (Object.fromEntries(Object.keys(en).map((key, i) => [key, pack[i]])) as Messages) : pack;
}

const chosen = computed<'en' | 'de'>(() => {
  if (language.value !== 'auto') {
    return language.value;
  }
  return navigator.languages.map(each => each.slice(0, 2)).find(each => each === 'de' || each === 'en') === 'de' ? 'de' : 'en';
});

const messages = signal<Messages>(en);

/** For numbers and dates: the region of the browser, if its language is the chosen one. */
export const locale = computed(() => navigator.languages.find(each => each.startsWith(chosen.value)) ?? chosen.value);

/** Loads the chosen language; English stands in until it has arrived, and if it does not. */
export async function loadLanguage(): Promise<void> {
  let ready: () => void;
  const first = new Promise<void>(resolve => (ready = resolve));
  effect(() => {
    const wanted = chosen.value;
    document.documentElement.lang = wanted;
    const pack = wanted === 'en' ? Promise.resolve<Messages>(en) : PACKS[wanted]();
    pack
      .then(loaded => chosen.peek() === wanted && (messages.value = loaded))
      .catch(() => undefined)
      .finally(() => ready());
  });
  return first;
}

/** The text of a key in the chosen language. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return messages.value[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The text of a key that ends with a word of the API; new words of a newer bridge are shown as they are. */
export function word(prefix: string, value: string): string {
  const key = `${prefix}.${value}`;
  return Object.hasOwn(en, key) ? t(key as Key) : value.replaceAll('_', ' ');
}

export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale.value, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}
