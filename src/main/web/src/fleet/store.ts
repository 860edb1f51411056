import { batch, computed, signal, type Signal } from '@preact/signals';
import type { Alert, PrinterEvent, Status } from '../api/types';
import { filter, grouping, order } from '../preferences';
import { matches, matchesProperties } from './filter';
import { countOf, laneOf, type Count } from './lanes';
import { compare, placeOf, samePlace, type Place } from './order';
import { changedAlerts, type AlertChange, type Pending } from './pending';

/** A printer with a signal of its own, so that a change renders one card and no list. */
export interface Entry {
  id: string;
  status: Signal<Status>;
  place: Place;
  /** What filters look at; while it stays the same, the list does. */
  searched: string;
}

const entries = new Map<string, Entry>();
/** Increases when the lists may have changed: printers came or went, or a place or a searched property differs. */
const revision = signal(0);

export const loaded = signal(false);
export const alerts = signal<readonly Alert[]>([]);
export const lastEvent = signal<PrinterEvent | null>(null);

export function entryOf(id: string): Entry | undefined {
  void revision.value;
  return entries.get(id);
}

/** Shows what arrived. One batch, so that each card and each list renders once. */
export function show(pending: Pending): void {
  batch(() => {
    let moved = false;
    if (pending.snapshot) {
      loaded.value = true;
      for (const id of entries.keys()) {
        if (!pending.changes.has(id)) {
          entries.delete(id);
          moved = true;
        }
      }
    }
    for (const [id, status] of pending.changes) {
      moved = (status === null ? entries.delete(id) : put(status)) || moved;
    }
    if (moved) {
      revision.value++;
    }
    showAlerts(pending.alerts);
    const event = pending.events.at(-1);
    if (event) {
      lastEvent.value = event;
    }
  });
}

export function showAlerts(changes: readonly AlertChange[]): void {
  if (changes.length) {
    alerts.value = changedAlerts(alerts.value, changes);
  }
}

/** Returns whether lists may have changed. */
function put(status: Status): boolean {
  const place = placeOf(status);
  const searched = [countOf(status), status.model, status.group, status.job?.file, status.tags.join('\n')].join('\n');
  const entry = entries.get(status.id);
  if (!entry) {
    entries.set(status.id, { id: status.id, status: signal(status), place, searched });
    return true;
  }
  entry.status.value = status;
  if (samePlace(entry.place, place) && entry.searched === searched) {
    return false;
  }
  entry.place = place;
  entry.searched = searched;
  return true;
}

/** The printers that the filter shows, in order. The same array as before if nothing moved. */
let visibleBefore: readonly Entry[] = [];
export const visible = computed<readonly Entry[]>(() => {
  void revision.value;
  const shown = [...entries.values()].filter(entry => matches(filter.value, entry.status.peek()));
  shown.sort((one, other) => compare(order.value, one.place, other.place));
  if (shown.length !== visibleBefore.length || shown.some((entry, i) => entry !== visibleBefore[i])) {
    visibleBefore = shown;
  }
  return visibleBefore;
});

/** A part of the fleet screen. */
export interface Section {
  key: string;
  kind: 'all' | 'group' | 'ungrouped' | 'offline';
  entries: readonly Entry[];
}

/** Without groups, printers that are offline stand apart in the default order: they may be many, and few of them matter. */
export const sections = computed<readonly Section[]>(() => {
  const shown = visible.value;
  void revision.value;
  if (grouping.value) {
    const groups = new Map<string, Entry[]>();
    for (const entry of shown) {
      const group = entry.status.peek().group ?? '';
      groups.set(group, [...(groups.get(group) ?? []), entry]);
    }
    return [...groups.keys()]
      .sort((one, other) => (one === '' ? 1 : other === '' ? -1 : one.localeCompare(other, 'en', { numeric: true })))
      .map(group => ({ key: group, kind: group === '' ? 'ungrouped' : 'group', entries: groups.get(group)! }));
  }
  if (order.value !== 'need' || filter.value.count === 'offline') {
    return [{ key: 'all', kind: 'all', entries: shown }];
  }
  const isOffline = (entry: Entry) => laneOf(entry.status.peek()) === 'offline';
  return [
    { key: 'all', kind: 'all' as const, entries: shown.filter(entry => !isOffline(entry)) },
    { key: 'offline', kind: 'offline' as const, entries: shown.filter(isOffline) },
  ];
});

/** How many printers there are of each count, among those that the other filters show. */
export const counts = computed<Record<Count | 'total', number>>(() => {
  void revision.value;
  const numbers = { act: 0, clear: 0, paused: 0, printing: 0, idle: 0, maintenance: 0, offline: 0, total: 0 };
  for (const entry of entries.values()) {
    const status = entry.status.peek();
    if (matchesProperties(filter.value, status)) {
      numbers[countOf(status)]++;
      numbers.total++;
    }
  }
  return numbers;
});

export const size = computed(() => (void revision.value, entries.size));

/** The print of all that ends first; null if none says when. */
export const nextFinish = computed<Entry | null>(() => {
  void revision.value;
  let next: Entry | null = null;
  for (const entry of entries.values()) {
    if (entry.place.finishAt !== '~' && entry.status.peek().online && (!next || entry.place.finishAt < next.place.finishAt)) {
      next = entry;
    }
  }
  return next;
});

/** The models, groups and tags to filter by. */
export const choices = computed(() => {
  void revision.value;
  const sites = new Set<string>();
  const models = new Set<string>();
  const groups = new Set<string>();
  const tags = new Set<string>();
  for (const entry of entries.values()) {
    const status = entry.status.peek();
    if (status.site) sites.add(status.site);
    if (status.model !== null) models.add(status.model);
    if (status.group !== null) groups.add(status.group);
    status.tags.forEach(tag => tags.add(tag));
  }
  const sorted = (values: Set<string>) => [...values].sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  return { site: sorted(sites), model: sorted(models), group: sorted(groups), tag: sorted(tags) };
});
