import assert from 'node:assert/strict';
import { test } from 'node:test';
import { historyQuery, joinCsv, LAST_MONTH } from '../src/fleet/history';

test('a query has the period and what is chosen', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  assert.equal(historyQuery(LAST_MONTH, now), 'from=2026-10-22T12%3A00%3A00.000Z');
  const chosen = { printer: 'mk4-left', group: 'a & b', result: 'failed', days: 7 };
  assert.deepEqual(Object.fromEntries(new URLSearchParams(historyQuery(chosen, now, { cursor: '12' }))), {
    from: '2026-11-14T12:00:00.000Z',
    printer: 'mk4-left',
    group: 'a & b',
    result: 'failed',
    cursor: '12',
  });
  assert.ok(!historyQuery(chosen, now, { result: '' }).includes('result'));
});

test('pages of CSV become one table', () => {
  assert.equal(joinCsv(['id,file\r\n2,b\r\n', 'id,file\r\n1,a\r\n']), 'id,file\r\n2,b\r\n1,a\r\n');
  assert.equal(joinCsv(['id,file\r\n']), 'id,file\r\n');
});
