import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWithin, parseHours, shiftAt } from '../src/wall/hours';
import { acts, byUrgency, cellSize, fitsAsTiles, gridOf, inOrder, wallCount, wallLook, type WallPrinter } from '../src/wall/layout';

function printer(differences: Partial<WallPrinter> = {}): WallPrinter {
  return { id: 'a', name: 'A', group: null, state: 'printing', progress: 42, finish_at: null, plate: null, alert: null, ...differences };
}

test('a screen of 1080 lines shows 20 printers as 5 by 4 and 100 as 12 by 9', () => {
  assert.deepEqual(gridOf(20, 1920, 1080), { columns: 5, rows: 4 });
  assert.deepEqual(gridOf(100, 1920, 1080), { columns: 12, rows: 9 });
  assert.deepEqual(gridOf(1, 1920, 1080), { columns: 1, rows: 1 });
  for (const [width, height] of [[1920, 1080], [3840, 2160], [1080, 1920], [390, 844]] as const) {
    for (let count = 1; count <= 150; count++) {
      const { columns, rows } = gridOf(count, width, height);
      assert.ok(columns * rows >= count && columns * (rows - 1) < count, `${count} on ${width}`);
    }
  }
});

test('tiles that could not be read from afar give way to blocks', () => {
  assert.ok(fitsAsTiles(150, 1920, 1080));
  assert.ok(!fitsAsTiles(151, 1920, 1080));
  assert.ok(fitsAsTiles(20, 390, 844));
  assert.ok(!fitsAsTiles(100, 390, 844));
});

test('squares of a block fit into it', () => {
  for (const [count, width, height] of [[1, 300, 200], [100, 300, 200], [1000, 1900, 800], [37, 111, 13]] as const) {
    const size = cellSize(count, width, height);
    assert.ok(Math.floor(width / size) * Math.floor(height / size) >= count, `${count}`);
    assert.ok(Math.floor(width / (size + 1)) * Math.floor(height / (size + 1)) < count, `${count} could be larger`);
  }
  assert.equal(cellSize(1000, 20, 20), 0);
});

test('the order depends on group and name alone, with numbers as people count', () => {
  const fleet = [
    printer({ id: 'x', name: 'Printer 10', group: 'shelf-2' }),
    printer({ id: 'y', name: 'Printer 9', group: 'shelf-2', state: 'error', alert: 'error' }),
    printer({ id: 'z', name: 'Anna' }),
    printer({ id: 'v', name: 'Printer 9', group: 'shelf-10' }),
  ];
  assert.deepEqual(fleet.sort(inOrder).map(each => each.id), ['y', 'x', 'v', 'z']);
});

test('who must act now stands first, and switched off printers and plates can wait', () => {
  const stalled = printer({ id: 's', alert: 'stalled' });
  const broken = printer({ id: 'e', state: 'error', alert: 'error' });
  assert.deepEqual([stalled, broken].sort(byUrgency).map(each => each.id), ['e', 's']);
  assert.ok(!acts(printer({ state: 'offline', alert: 'offline' })));
  assert.ok(!acts(printer({ alert: 'not_cleared' })));
  assert.equal(wallLook(stalled), 'attention');
  assert.equal(wallLook(printer({ state: 'idle', plate: { state: 'ready', since: '2026-11-21T09:00:00Z' } })), 'clear');
});

test('a printer with an error and without an alert is in maintenance', () => {
  const maintained = printer({ state: 'error' });
  assert.ok(!acts(maintained));
  assert.equal(wallLook(maintained), 'maintenance');
  assert.equal(wallCount(maintained), 'maintenance');
});

test('dim hours may include midnight', () => {
  const at = (time: string) => new Date(`2026-11-21T${time}`);
  const night = parseHours('22-6:30')!;
  assert.deepEqual(night, { from: 22 * 60, to: 6 * 60 + 30 });
  assert.ok(isWithin(night, at('22:00')) && isWithin(night, at('06:29')));
  assert.ok(!isWithin(night, at('06:30')) && !isWithin(night, at('21:59')));
  assert.ok(isWithin(parseHours('12:00-13:00')!, at('12:30')));
  for (const wrong of ['', 'off', '22', '24-6', '22:60-6', '6-6', '22-6x']) {
    assert.equal(parseHours(wrong), null, wrong);
  }
});

test('the screen moves by a pixel and comes back', () => {
  const shifts = [0, 3, 6, 9, 12].map(minute => shiftAt(new Date(Date.UTC(2026, 10, 21, 12, minute))).join());
  assert.equal(new Set(shifts).size, 4);
  assert.equal(shifts[0], shifts[4]);
});
