import { batch, effect, signal } from '@preact/signals';
import { get } from './api/http';
import { EventStream } from './api/stream';
import type { Alert, ApiProblem } from './api/types';
import { collect, nothingPending, type AlertChange } from './fleet/pending';
import { alerts, show, showAlerts } from './fleet/store';

/** Without data or a heartbeat for this long, the screen says that it is old. */
const STALE_AFTER = 12_000;
/** A reconnect within this time is not worth a banner. */
const LOST_AFTER = 3_000;
const ALERTS_AGAIN_AFTER = 5_000;

/** When the bridge was heard last; null before the first time. */
export const heardAt = signal<Date | null>(null);
/** Why the screen is not live; null while it is. */
export const outage = signal<'connecting' | 'lost' | 'starting' | 'denied' | null>('connecting');
/** The current time, for times left and for ages. Each component follows the coarsest that it needs. */
export const minute = signal(new Date());
export const second = signal(new Date());

let pending = nothingPending();
let frame = 0;
let lostSince: number | null = null;
let problem: ApiProblem | null = null;
/** Alerts that changed while the list of alerts was requested; null while it is not. */
let duringRequest: AlertChange[] | null = null;

const stream = new EventStream({
  heard() {
    lostSince = null;
    problem = null;
    heardAt.value = new Date();
    outage.value = null;
  },
  message(message) {
    collect(pending, message);
    if (message.event === 'snapshot') {
      void loadAlerts();
    }
    // A stream has nothing to draw in a hidden tab, where no frame follows; it is closed there.
    frame ||= requestAnimationFrame(draw);
  },
  lost(reason) {
    lostSince ??= Date.now();
    problem = reason;
    tick();
  },
});

function draw(): void {
  frame = 0;
  const arrived = pending;
  pending = nothingPending();
  duringRequest?.push(...arrived.alerts);
  show(arrived);
}

/** Open alerts are not in the snapshot. */
async function loadAlerts(): Promise<void> {
  const changes: AlertChange[] = [];
  duringRequest = changes;
  try {
    const list = await get<{ alerts: Alert[] }>('api/alerts');
    batch(() => {
      alerts.value = [];
      showAlerts([...list.alerts.map(alert => ({ ...alert, open: true })), ...changes]);
    });
  } catch {
    // After a loss of the stream its next snapshot brings another request.
    setTimeout(() => outage.peek() === null && duringRequest === null && void loadAlerts(), ALERTS_AGAIN_AFTER);
  } finally {
    if (duringRequest === changes) {
      duringRequest = null;
    }
  }
}

function tick(): void {
  const now = new Date();
  second.value = now;
  if (now.getTime() - minute.peek().getTime() >= 15_000) {
    minute.value = now;
  }
  if (problem?.status === 401) {
    outage.value = 'denied';
  } else if (problem?.code === 'starting') {
    outage.value = 'starting';
  } else if (lostSince !== null && now.getTime() - lostSince > LOST_AFTER) {
    outage.value = 'lost';
  } else if (stream.isOpen && heardAt.peek() && now.getTime() - heardAt.peek()!.getTime() > STALE_AFTER) {
    outage.value = 'lost';
  }
}

/** Follows the fleet while the tab is visible. Browsers allow six connections to a server, for all tabs together. */
export function goLive(): void {
  const follow = () => {
    if (document.hidden) {
      stream.close();
    } else {
      tick();
      stream.open();
    }
  };
  document.addEventListener('visibilitychange', follow);
  addEventListener('online', () => document.hidden || stream.open());
  setInterval(() => document.hidden || tick(), 1000);
  follow();
}

/** Connects at once, after a login for example. */
export function reconnect(): void {
  problem = null;
  outage.value = 'connecting';
  stream.open();
}

/** Calls a function whenever the bridge is heard again after an outage. */
export function onReturn(action: () => void): () => void {
  let wasOut = false;
  return effect(() => {
    const isOut = outage.value !== null;
    if (wasOut && !isOut) {
      action();
    }
    wasOut = isOut;
  });
}
