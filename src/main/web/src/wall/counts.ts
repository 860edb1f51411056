import type { Count, Look } from '../fleet/lanes';

/** The looks that stand for counts. */
export const LOOKS: Record<Count, Look> = {
  act: 'error',
  clear: 'clear',
  paused: 'paused',
  printing: 'printing',
  idle: 'idle',
  maintenance: 'maintenance',
  offline: 'offline',
};
