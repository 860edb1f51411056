import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCsv } from '../src/text/csv';
import { de } from '../src/text/de';
import { en } from '../src/text/en';
import { age, clock, duration } from '../src/text/time';

test('every language pack has every key, with the same values to fill in', () => {
  const values = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  assert.deepEqual(Object.keys(de), Object.keys(en));
  for (const [key, text] of Object.entries(en)) {
    const translated = (de as Record<string, string>)[key]!;
    assert.ok(translated.trim(), key);
    assert.deepEqual(values(translated), values(text), key);
  }
});

test('lengths of time have their two largest units', () => {
  assert.equal(duration(0), '1 min');
  assert.equal(duration(59 * 60 + 1), '1 h');
  assert.equal(duration(4800), '1 h 20 min');
  assert.equal(duration(24 * 3600), '1 d');
  assert.equal(duration(51.5 * 3600), '2 d 3 h');
  assert.equal(age(12.9), '12 s');
  assert.equal(age(-3), '0 s');
  assert.equal(age(7200), '2 h');
});

test('times are those of the viewer, with the day unless it is today', () => {
  const now = new Date('2026-11-21T22:30:00Z');
  const at = (time: string) => clock(new Date(time), now, 'en', 'Europe/Berlin');
  assert.equal(at('2026-11-21T22:45:00Z'), '23:45');
  assert.equal(at('2026-11-21T23:15:00Z'), 'Sun 00:15');
  assert.equal(at('2026-12-24T10:00:00Z'), 'Dec 24 11:00');
  assert.equal(clock(new Date('2026-11-21T23:15:00Z'), now, 'de', 'America/New_York'), '18:15');
});

test('a preview reads CSV as the bridge does', () => {
  const table = parseCsv('\uFEFFname;address;tags\r\n"MK4; left";192.0.2.20;"pla\nabs"\r\n;;\r\n"say ""hi""";192.0.2.21;\n');
  assert.deepEqual(table.columns, ['name', 'address', 'tags']);
  assert.deepEqual(table.rows, [
    { line: 2, cells: ['MK4; left', '192.0.2.20', 'pla\nabs'] },
    { line: 5, cells: ['say "hi"', '192.0.2.21', ''] },
  ]);
  assert.deepEqual(parseCsv(''), { columns: [], rows: [] });
});
