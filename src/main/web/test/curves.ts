import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TemperatureHistory } from '../src/api/types';
import { apart, axesOf, heatersOf, lineOf, nearest } from '../src/fleet/curves';

const FRAME = { left: 0, top: 0, right: 180, bottom: 100 };

/** A history with a sample a minute, in which only the nozzle is known. */
function history(actual: (number | null)[], target: (number | null)[] = actual.map(() => null)): TemperatureHistory {
  const at = actual.map((_, i) => new Date(Date.UTC(2026, 10, 21, 9, i)).toISOString());
  const unknown = { actual: actual.map(() => null), target: actual.map(() => null) };
  return { interval: 60, at, nozzle: { actual, target }, bed: unknown, chamber: unknown };
}

test('only heaters with a known temperature are drawn', () => {
  assert.deepEqual(heatersOf(history([null, 20])), ['nozzle']);
  assert.deepEqual(heatersOf(history([null, null])), []);
});

test('the axes contain every value and target, also below freezing', () => {
  const warm = axesOf(history([20, 214.8], [null, 250]), FRAME);
  assert.deepEqual([warm.low, warm.high, warm.degrees], [0, 300, [0, 100, 200, 300]]);
  const cold = axesOf(history([-4, 12]), FRAME);
  assert.deepEqual([cold.low, cold.high, cold.degrees], [-50, 50, [-50, 0, 50]]);
});

test('the axis of time has round times, as many as there is room for, and at least ten minutes', () => {
  const hours = axesOf(history(Array.from({ length: 180 }, () => 20)), FRAME);
  assert.deepEqual(hours.times.map(time => new Date(time).getUTCMinutes() % 30), [0, 0, 0]);
  const minutes = axesOf(history([20, 20]), FRAME);
  assert.equal(minutes.to - minutes.from, 600_000);
});

test('a line ends where a value is unknown and where samples are missing', () => {
  const gap = history([0, 50, null, 50, 50, 0, 0, 0, 0, 0, 0]);
  const axes = axesOf(gap, FRAME);
  assert.deepEqual([axes.low, axes.high], [0, 100]);
  assert.match(lineOf(gap.nozzle.actual, gap, axes, FRAME), /^M0\.0 100\.0L18\.0 50\.0M54\.0 50\.0L72\.0 50\.0L/);
  // The clock of the bridge was set, or it slept.
  gap.at[4] = '2026-11-21T09:03:59Z';
  gap.at.splice(5, 6, ...[9, 10, 10, 10, 10, 10].map(minute => `2026-11-21T09:${String(minute).padStart(2, '0')}:00Z`));
  assert.match(lineOf(gap.nozzle.actual, gap, axes, FRAME), /M162\.0 100\.0/);
});

test('the sample nearest to the pointer is found', () => {
  const some = history(Array.from({ length: 11 }, () => 20));
  const axes = axesOf(some, FRAME);
  assert.equal(nearest(-5, some, axes, FRAME), 0);
  assert.equal(nearest(91, some, axes, FRAME), 5);
  assert.equal(nearest(999, some, axes, FRAME), 10);
});

test('labels of lines that end together stand apart, in the order of their values', () => {
  assert.deepEqual(apart([40, 42, 90], 13, 100), [29, 42, 90]);
  assert.deepEqual(apart([99, 99, 99], 13, 100), [99, 86, 73]);
});
