import type { Status } from '../api/types';

/**
 * What a printer needs, most urgent first. A plate that a person must clear outranks what the printer itself says, also
 * while the printer is switched off.
 */
export const LANES = ['act', 'clear', 'paused', 'printing', 'preparing', 'busy', 'idle', 'maintenance', 'offline'] as const;
export type Lane = (typeof LANES)[number];

/** The counts of the strip, each with the lanes that it stands for. Every printer is in exactly one. */
export const COUNTS = {
  act: ['act'],
  clear: ['clear'],
  paused: ['paused'],
  printing: ['printing', 'preparing', 'busy'],
  idle: ['idle'],
  maintenance: ['maintenance'],
  offline: ['offline'],
} as const satisfies Record<string, readonly Lane[]>;
export type Count = keyof typeof COUNTS;

/** How a printer looks: colour, icon and word. */
export type Look =
  | 'printing'
  | 'preparing'
  | 'busy'
  | 'paused'
  | 'attention'
  | 'error'
  | 'clear'
  | 'cooling'
  | 'finished'
  | 'cancelled'
  | 'idle'
  | 'maintenance'
  | 'offline'
  | 'unknown';

/** What the look of a printer depends on. */
export type Looked = Pick<Status, 'state' | 'plate'> & Partial<Pick<Status, 'maintenance'>>;

const STATES = new Set(['printing', 'preparing', 'busy', 'paused', 'attention', 'error', 'finished', 'cancelled', 'idle', 'offline']);
const RUNNING = new Set(['printing', 'preparing', 'busy', 'paused', 'attention', 'error']);

/** Whether a print lies on the plate and nothing else happens that matters more. */
export function plateWaits(status: Looked): boolean {
  return isOccupied(status) && !RUNNING.has(status.state) && !isMaintained(status);
}

/** Whether `clear_plate` is possible. */
export function isOccupied(status: Looked): boolean {
  return status.plate?.state === 'ready' || status.plate?.state === 'cooling';
}

/** A printer in maintenance needs nobody, whatever it reports, unless it prints. */
function isMaintained(status: Looked): boolean {
  return status.maintenance != null && !['printing', 'preparing', 'paused'].includes(status.state);
}

export function lookOf(status: Looked): Look {
  if (isMaintained(status)) {
    return 'maintenance';
  }
  if (plateWaits(status) && status.state !== 'offline') {
    return status.plate?.state === 'cooling' ? 'cooling' : 'clear';
  }
  return STATES.has(status.state) ? (status.state as Look) : 'unknown';
}

export function laneOf(status: Looked): Lane {
  if (isMaintained(status)) {
    return 'maintenance';
  }
  if (status.state === 'error' || status.state === 'attention') {
    return 'act';
  }
  if (plateWaits(status)) {
    return 'clear';
  }
  switch (status.state) {
    case 'paused':
    case 'printing':
    case 'preparing':
    case 'busy':
    case 'offline':
      return status.state;
    default:
      return 'idle';
  }
}

export function countOf(status: Looked): Count {
  const lane = laneOf(status);
  return lane === 'preparing' || lane === 'busy' ? 'printing' : lane;
}
