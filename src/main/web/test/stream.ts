import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventParser } from '../src/api/sse';
import { changedAlerts, collect, nothingPending, printerOf } from '../src/fleet/pending';
import { pathOf } from '../src/fleet/site';
import { printer } from './fixture';

const message = (event: string, data: unknown) => ({ id: '1', event, data: JSON.stringify(data) });

test('messages that arrive in pieces are put together', () => {
  const parser = new EventParser();
  const text = 'retry: 1874\r\n\nid: a-1\nevent: change\ndata: {"a":\ndata: 1}\n\n: heartbeat\n\nid: a-2\ndata: x\n\n';
  const found = [...text].flatMap(character => parser.push(character));
  assert.deepEqual(found, [
    { id: 'a-1', event: 'change', data: '{"a":\n1}' },
    { id: 'a-2', event: '', data: 'x' },
  ]);
  assert.equal(parser.lastId, 'a-2');
  assert.equal(parser.retry, 1874);
});

test('a message that its connection cut off is dropped, and the position stays', () => {
  const parser = new EventParser();
  parser.push('id: a-1\nevent: change\ndata: x\n\nevent: change\ndata: half');
  parser.reset();
  assert.deepEqual(parser.push('id: a-2\ndata: whole\n\n'), [{ id: 'a-2', event: '', data: 'whole' }]);
});

test('of each printer only the newest change is kept, in the order of arrival', () => {
  const pending = nothingPending();
  collect(pending, message('change', printer({ state: 'printing' })));
  collect(pending, message('change', printer({ state: 'paused' })));
  collect(pending, message('removed', { id: 'gone' }));
  assert.equal(pending.changes.get('mk4-left')?.state, 'paused');
  assert.equal(pending.changes.get('gone'), null);
  assert.equal(pending.snapshot, false);
});

test('a snapshot replaces everything, and what follows it counts', () => {
  const pending = nothingPending();
  collect(pending, message('change', printer({ id: 'old' })));
  collect(pending, message('snapshot', { printers: [printer(), printer({ id: 'second' })], counts: {}, version: 3 }));
  collect(pending, message('removed', { id: 'second' }));
  collect(pending, message('something-new', {}));
  assert.equal(pending.snapshot, true);
  assert.deepEqual([...pending.changes].map(([id, status]) => [id, status?.state]), [
    ['mk4-left', 'idle'],
    ['second', undefined],
  ]);
});

test('printers of several sites with one id are told apart', () => {
  const pending = nothingPending();
  collect(pending, message('snapshot', { printers: [printer(), printer({ site: 'north' }), printer({ site: 'south' })], counts: {}, version: 1 }));
  collect(pending, message('change', printer({ site: 'north', state: 'paused' })));
  collect(pending, message('removed', { id: 'mk4-left', site: 'south' }));
  assert.deepEqual([...pending.changes].map(([key, status]) => [key, status?.id, status?.state]), [
    ['mk4-left', 'mk4-left', 'idle'],
    ['north/mk4-left', 'north/mk4-left', 'paused'],
    ['south/mk4-left', undefined, undefined],
  ]);
  assert.equal(pathOf('mk4-left'), 'api/printers/mk4-left');
  assert.equal(pathOf('north/mk4-left'), 'api/sites/north/printers/mk4-left');

  const alert = { printer: 'mk4-left', code: 'error', severity: 'critical', since: '2026-11-21T10:00:00Z', message: '' };
  const open = changedAlerts([], [{ ...alert, open: true }, { ...alert, site: 'north', open: true }]);
  assert.deepEqual(open.map(printerOf), ['mk4-left', 'north/mk4-left']);
  assert.deepEqual(changedAlerts(open, [{ ...alert, open: false }]).map(printerOf), ['north/mk4-left']);
});

test('alerts open and clear, worst and oldest first', () => {
  const alert = (printerId: string, code: string, severity: string, since: string) => ({
    printer: printerId, code, severity, since, message: '',
  });
  const first = alert('a', 'offline', 'warning', '2026-11-21T09:00:00Z');
  const second = alert('b', 'error', 'critical', '2026-11-21T10:00:00Z');
  const third = alert('c', 'stalled', 'warning', '2026-11-21T08:00:00Z');
  const open = changedAlerts([], [first, second, third].map(each => ({ ...each, open: true })));
  assert.deepEqual(open.map(each => each.printer), ['b', 'c', 'a']);
  assert.deepEqual(changedAlerts(open, [{ ...second, open: false }]).map(each => each.printer), ['c', 'a']);
});
