import { batch, computed, signal, type Signal } from '@preact/signals';
import { EventStream } from '../api/stream';
import type { ServerSentEvent } from '../api/sse';
import type { ApiProblem } from '../api/types';
import { keyed, keyOf, type Sited } from '../fleet/site';
import { inOrder, type WallPrinter } from './layout';

/** Everything that changes the screen happens in a beat of this length, so it is painted at most twice a second. */
const BEAT = 500;
const STALE_AFTER = 10_000;
/** A token that is refused may be accepted again, after a mistake in a configuration for example. */
const DENIED_AGAIN_AFTER = 30_000;

/** A printer with a signal of its own, so that a change renders one tile. */
export interface WallEntry {
  id: string;
  printer: Signal<WallPrinter>;
}

export const entries = signal<readonly WallEntry[]>([]);
export const loaded = signal(false);
/** The current time with the accuracy of the screen, a minute. */
export const minute = signal(new Date());
/** When the bridge was heard last; null before the first time. */
export const heardAt = signal<Date | null>(null);
/** Why the screen is not live; null while it is. */
export const outage = signal<'connecting' | 'lost' | 'starting' | 'denied' | null>('connecting');

/** Printers for which a person must act, counted again only when something changed. */
export const printers = computed(() => entries.value.map(entry => entry.printer.value));

let pending = new Map<string, WallPrinter | null>();
let isSnapshot = false;
let heard: Date | null = null;
let problem: ApiProblem | null = null;
let deniedAt = 0;
let openedAt = 0;
const known = new Map<string, WallEntry>();

const stream = new EventStream(
  {
    heard() {
      heard = new Date();
      problem = null;
    },
    message: collect,
    lost(reason) {
      problem = reason;
      deniedAt = Date.now();
    },
  },
  'api/wall',
);

function collect(message: ServerSentEvent): void {
  if (message.event === 'snapshot') {
    const list = JSON.parse(message.data) as { printers: WallPrinter[] };
    isSnapshot = true;
    pending = new Map(list.printers.map(keyed).map(printer => [printer.id, printer]));
  } else if (message.event === 'change') {
    const printer = keyed(JSON.parse(message.data) as WallPrinter);
    pending.set(printer.id, printer);
  } else if (message.event === 'removed') {
    pending.set(keyOf(JSON.parse(message.data) as Sited), null);
  }
}

/** Shows what arrived, and how late it is. */
function beat(): void {
  const now = new Date();
  batch(() => {
    show();
    if (now.getMinutes() !== minute.peek().getMinutes() || now.getTime() - minute.peek().getTime() > 60_000) {
      minute.value = now;
    }
    if (heard !== heardAt.peek()) {
      heardAt.value = heard;
    }
    outage.value = outageAt(now.getTime());
  });
  if (problem?.status === 401 && now.getTime() - deniedAt > DENIED_AGAIN_AFTER) {
    open();
  }
}

function outageAt(now: number): typeof outage.value {
  if (problem?.status === 401 || problem?.status === 403) {
    return 'denied';
  }
  if (problem?.code === 'starting') {
    return 'starting';
  }
  if (now - (heard?.getTime() ?? openedAt) > STALE_AFTER) {
    return 'lost';
  }
  return heard === null ? 'connecting' : null;
}

function show(): void {
  if (!isSnapshot && pending.size === 0) {
    return;
  }
  let moved = false;
  for (const id of isSnapshot ? [...known.keys()] : []) {
    if (!pending.has(id)) {
      moved = known.delete(id);
    }
  }
  for (const [id, printer] of pending) {
    moved = put(id, printer) || moved;
  }
  loaded.value ||= isSnapshot;
  isSnapshot = false;
  pending = new Map();
  if (moved) {
    entries.value = [...known.values()].sort((one, other) => inOrder(one.printer.peek(), other.printer.peek()));
  }
}

/** Returns whether the order of the printers may differ. */
function put(id: string, printer: WallPrinter | null): boolean {
  const entry = known.get(id);
  if (printer === null) {
    return known.delete(id);
  }
  if (!entry) {
    known.set(id, { id, printer: signal(printer) });
    return true;
  }
  const before = entry.printer.peek();
  // Most changes are of temperatures, which a wall does not show.
  if (JSON.stringify(before) !== JSON.stringify(printer)) {
    entry.printer.value = printer;
  }
  return before.name !== printer.name || before.group !== printer.group;
}

/** Connects, again if it is connected already. */
export function open(): void {
  openedAt = Date.now();
  problem = null;
  stream.open();
}

/** Follows the fleet while the page is visible. */
export function follow(): void {
  document.addEventListener('visibilitychange', () => (document.hidden ? stream.close() : open()));
  addEventListener('online', open);
  setInterval(() => document.hidden || beat(), BEAT);
  open();
}
