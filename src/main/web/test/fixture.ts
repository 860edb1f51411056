import type { Status } from '../src/api/types';

/** An idle printer, with differences. */
export function printer(differences: Partial<Status> = {}): Status {
  return {
    id: 'mk4-left',
    name: 'MK4 left',
    driver: 'prusalink',
    model: 'MK4',
    group: 'shelf-a',
    tags: ['pla'],
    state: 'idle',
    message: null,
    online: true,
    temperatures: { nozzle: null, nozzles: [], bed: null, chamber: null },
    job: null,
    last_job: null,
    speed: null,
    fan: null,
    light: null,
    plate: null,
    maintenance: null,
    capabilities: [],
    poll: { observed_at: null, latency_ms: null, failures: 0, reason: null },
    ...differences,
  };
}

export function job(finishAt: string | null, stale = false): Status['job'] {
  return {
    id: '297',
    file: 'bracket.gcode',
    progress: 42.5,
    elapsed: 1200,
    remaining: 1500,
    finish_at: finishAt,
    layer: null,
    layers: null,
    stale,
  };
}
