import { effect, signal, type Signal } from '@preact/signals';
import { COUNTS } from './fleet/lanes';
import { EVERYTHING, type Filter } from './fleet/filter';
import { ORDERS, type Order } from './fleet/order';

/** What this browser remembers. A value of another version of the page that is not known any more is dropped. */
const KEY = 'printer2mqtt.';

export const filter = remembered<Filter>('filter', EVERYTHING, isFilter);
export const order = remembered<Order>('order', 'need', oneOf(ORDERS));
export const grouping = remembered<boolean>('grouping', false, (value): value is boolean => typeof value === 'boolean');
export const layout = remembered<'cards' | 'large' | 'table'>('layout', 'cards', oneOf(['cards', 'large', 'table'] as const));
export const theme = remembered<'auto' | 'light' | 'dark'>('theme', 'auto', oneOf(['auto', 'light', 'dark'] as const));
export const language = remembered<'auto' | 'en' | 'de'>('language', 'auto', oneOf(['auto', 'en', 'de'] as const));
export const folded = remembered<Record<string, boolean>>('folded', {}, isFolded);
/** Printers that turned out to have no camera. */
export const withoutCamera = remembered<string[]>('without_camera', [], (value): value is string[] => Array.isArray(value));

export function remembered<T>(name: string, initial: T, isKnown: (value: unknown) => value is T): Signal<T> {
  const value = signal(initial);
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY + name) ?? 'null');
    if (isKnown(stored)) {
      value.value = stored;
    }
  } catch {
    // Neither a wrong value nor a browser without storage keeps the page from working.
  }
  effect(() => {
    const text = JSON.stringify(value.value);
    try {
      localStorage.setItem(KEY + name, text);
    } catch {
      // As above.
    }
  });
  return value;
}

function oneOf<T extends string>(known: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => known.includes(value as T);
}

function isFilter(value: unknown): value is Filter {
  const given = value as Partial<Record<string, unknown>> | null;
  return (
    typeof given === 'object' &&
    given !== null &&
    Object.keys(EVERYTHING).every(key => typeof given[key] === 'string') &&
    (given['count'] === '' || Object.keys(COUNTS).includes(given['count'] as string))
  );
}

function isFolded(value: unknown): value is Record<string, boolean> {
  return typeof value === 'object' && value !== null && Object.values(value).every(each => typeof each === 'boolean');
}
