import type { Status } from '../api/types';
import { LANES, laneOf } from './lanes';

export const ORDERS = ['need', 'finish', 'name'] as const;
export type Order = (typeof ORDERS)[number];

const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
/** After every time in ISO 8601. */
const NEVER = '~';

/** What the place of a printer in any order depends on. While it stays the same, the printers need not be sorted again. */
export interface Place {
  lane: number;
  finishAt: string;
  /** A plate that is ready comes before one that cools down. */
  cools: boolean;
  name: string;
}

export function placeOf(status: Status): Place {
  return {
    lane: LANES.indexOf(laneOf(status)),
    finishAt: status.job?.stale ? NEVER : (status.job?.finish_at ?? NEVER),
    cools: status.plate?.state === 'cooling',
    name: status.name,
  };
}

export function samePlace(one: Place, other: Place): boolean {
  return one.lane === other.lane && one.finishAt === other.finishAt && one.cools === other.cools && one.name === other.name;
}

export function compare(order: Order, one: Place, other: Place): number {
  if (order === 'need') {
    return one.lane - other.lane || Number(one.cools) - Number(other.cools) || byFinish(one, other) || byName(one, other);
  }
  return (order === 'finish' ? byFinish(one, other) : 0) || byName(one, other);
}

function byFinish(one: Place, other: Place): number {
  return one.finishAt < other.finishAt ? -1 : one.finishAt > other.finishAt ? 1 : 0;
}

function byName(one: Place, other: Place): number {
  return NAMES.compare(one.name, other.name);
}
