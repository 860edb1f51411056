import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVERYTHING, isFiltered, matches } from '../src/fleet/filter';
import { countOf, laneOf, lookOf } from '../src/fleet/lanes';
import { compare, placeOf, samePlace, type Order } from '../src/fleet/order';
import type { Status } from '../src/api/types';
import { job, printer } from './fixture';

const SINCE = '2026-11-21T09:00:00Z';

function sorted(order: Order, printers: Status[]): string[] {
  return printers
    .map(status => ({ id: status.id, place: placeOf(status) }))
    .sort((one, other) => compare(order, one.place, other.place))
    .map(entry => entry.id);
}

test('what needs a person comes first', () => {
  const printers = [
    printer({ id: 'offline', state: 'offline', online: false }),
    printer({ id: 'idle' }),
    printer({ id: 'busy', state: 'busy' }),
    printer({ id: 'preparing', state: 'preparing' }),
    printer({ id: 'later', state: 'printing', job: job('2026-11-21T12:00:00Z') }),
    printer({ id: 'sooner', state: 'printing', job: job('2026-11-21T10:00:00Z') }),
    printer({ id: 'unknown-end', state: 'printing', job: job(null) }),
    printer({ id: 'paused', state: 'paused', job: job(null) }),
    printer({ id: 'cooling', state: 'finished', plate: { state: 'cooling', since: SINCE } }),
    printer({ id: 'ready', state: 'idle', plate: { state: 'ready', since: SINCE } }),
    printer({ id: 'attention', state: 'attention', name: 'B' }),
    printer({ id: 'error', state: 'error', name: 'A' }),
  ];
  assert.deepEqual(sorted('need', printers), [
    'error', 'attention', 'ready', 'cooling', 'paused', 'sooner', 'later', 'unknown-end', 'preparing', 'busy', 'idle', 'offline',
  ]);
});

test('names are ordered as people count', () => {
  const printers = ['MK4 10', 'mk4 9', 'MK4 1'].map(name => printer({ id: name, name }));
  assert.deepEqual(sorted('name', printers), ['MK4 1', 'mk4 9', 'MK4 10']);
});

test('by finish, a print that is only remembered counts as none', () => {
  const printers = [
    printer({ id: 'gone', name: 'A', state: 'offline', job: job('2026-11-21T08:00:00Z', true) }),
    printer({ id: 'runs', name: 'B', state: 'printing', job: job('2026-11-21T12:00:00Z') }),
  ];
  assert.deepEqual(sorted('finish', printers), ['runs', 'gone']);
});

test('progress and temperatures move nothing', () => {
  const before = printer({ state: 'printing', job: job('2026-11-21T10:00:00Z') });
  const after = { ...before, job: { ...before.job!, progress: 43, elapsed: 1210 } };
  assert.ok(samePlace(placeOf(before), placeOf(after)));
  assert.ok(!samePlace(placeOf(before), placeOf({ ...after, state: 'paused' })));
});

test('a plate to clear outranks a printer that is switched off, and not one that prints', () => {
  const plate = { state: 'ready', since: SINCE };
  assert.equal(laneOf(printer({ state: 'offline', online: false, plate })), 'clear');
  assert.equal(lookOf(printer({ state: 'offline', online: false, plate })), 'offline');
  assert.equal(laneOf(printer({ state: 'printing', plate })), 'printing');
  assert.equal(lookOf(printer({ state: 'finished', plate })), 'clear');
  assert.equal(lookOf(printer({ state: 'finished', plate: { state: 'clear', since: SINCE } })), 'finished');
});

test('a printer in maintenance needs nobody, unless it prints', () => {
  const maintenance = { note: 'new belt', since: SINCE };
  const plate = { state: 'ready', since: SINCE };
  assert.equal(laneOf(printer({ state: 'error', maintenance, plate })), 'maintenance');
  assert.equal(lookOf(printer({ state: 'offline', online: false, maintenance })), 'maintenance');
  assert.equal(laneOf(printer({ state: 'printing', maintenance })), 'printing');
});

test('a state of a newer bridge is shown as unknown', () => {
  assert.equal(lookOf(printer({ state: 'dreaming' })), 'unknown');
  assert.equal(countOf(printer({ state: 'dreaming' })), 'idle');
});

test('filters match state, model, group, tag and every word of the text', () => {
  const status = printer({ state: 'printing', job: job(null) });
  assert.ok(!isFiltered(EVERYTHING) && matches(EVERYTHING, status));
  assert.ok(matches({ count: 'printing', site: '', model: 'MK4', group: 'shelf-a', tag: 'pla', text: 'BRACKET left' }, status));
  assert.ok(!matches({ ...EVERYTHING, count: 'idle' }, status));
  assert.ok(!matches({ ...EVERYTHING, site: 'north' }, status) && matches({ ...EVERYTHING, site: 'north' }, { ...status, site: 'north' }));
  assert.ok(!matches({ ...EVERYTHING, tag: 'petg' }, status));
  assert.ok(!matches({ ...EVERYTHING, text: 'bracket right' }, status));
});
