import type { Plate } from '../api/types';
import { countOf, lookOf, type Count, type Look } from '../fleet/lanes';

/** A printer as a wall is sent it (docs/reference/http.md). */
export interface WallPrinter {
  id: string;
  site?: string | null;
  name: string;
  group: string | null;
  state: string;
  progress: number | null;
  finish_at: string | null;
  plate: Plate | null;
  /** The code of its most severe alert; `error` and `attention` also while only its state says so. Null in maintenance. */
  alert: string | null;
}

/** Alerts for which a person must act now; farms switch printers off, and a plate can wait. */
const ACTS = ['error', 'temperature', 'attention', 'stalled'];
/** Beyond this, a printer is too small to be read from afar. */
const MOST_TILES = 150;
/** Width of a tile by its height, from which 20 printers get 5 by 4 and 100 get 12 by 9 on a screen of 16 by 9. */
const RATIO = 1.45;
const NARROWEST = 76;
const LOWEST = 40;

const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The order never depends on what a printer does, so that people find it where it was. */
export function inOrder(one: WallPrinter, other: WallPrinter): number {
  return byGroup(one.group, other.group) || NAMES.compare(one.name, other.name) || (one.id < other.id ? -1 : 1);
}

function byGroup(one: string | null, other: string | null): number {
  return one === other ? 0 : one === null ? 1 : other === null ? -1 : NAMES.compare(one, other);
}

export function acts(printer: WallPrinter): boolean {
  return printer.alert !== null && ACTS.includes(printer.alert);
}

/** Most urgent first. */
export function byUrgency(one: WallPrinter, other: WallPrinter): number {
  return ACTS.indexOf(one.alert ?? '') - ACTS.indexOf(other.alert ?? '') || inOrder(one, other);
}

export function wallLook(printer: WallPrinter): Look {
  if (acts(printer)) {
    return printer.alert === 'error' || printer.alert === 'temperature' ? 'error' : 'attention';
  }
  const look = lookOf(printer);
  // Only a printer in maintenance has an error and needs nobody.
  return look === 'error' || look === 'attention' ? 'maintenance' : look;
}

export function wallCount(printer: WallPrinter): Count {
  const count = countOf(printer);
  return acts(printer) ? 'act' : count === 'act' ? 'maintenance' : count;
}

export interface Grid {
  columns: number;
  rows: number;
}

/** Columns and rows for some boxes on a screen. */
export function gridOf(count: number, width: number, height: number, ratio = RATIO): Grid {
  const columns = Math.max(1, Math.min(count, Math.ceil(Math.sqrt((count * width) / height / ratio))));
  return { columns, rows: Math.max(1, Math.ceil(count / columns)) };
}

/** Whether each printer can have a tile that can be read; otherwise each group gets a block. */
export function fitsAsTiles(count: number, width: number, height: number): boolean {
  const { columns, rows } = gridOf(count, width, height);
  return count <= MOST_TILES && width / columns >= NARROWEST && (height - 120) / rows >= LOWEST;
}

/** The side of the largest squares of which so many fit into a box. */
export function cellSize(count: number, width: number, height: number): number {
  for (let size = Math.floor(Math.sqrt((width * height) / count)); size > 0; size--) {
    if (Math.floor(width / size) * Math.floor(height / size) >= count) {
      return size;
    }
  }
  return 0;
}
