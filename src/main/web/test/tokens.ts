import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expiryOf, tokenAddress } from '../src/fleet/tokens';

const token = (...scopes: string[]) => ({ id: '1', name: 'x', scopes, created_at: '', expires_at: null, token: 'p2m_a' });

test('only a token for the wall or the calendar alone has an address', () => {
  const base = 'https://proxy.example/printers/';
  assert.equal(tokenAddress(token('wall'), base), 'https://proxy.example/printers/wall#p2m_a');
  assert.equal(tokenAddress(token('calendar'), base), 'https://proxy.example/printers/api/finish.ics?token=p2m_a');
  assert.equal(tokenAddress(token('read'), base), null);
  assert.equal(tokenAddress(token('wall', 'calendar'), base), null);
});

test('a token expires after whole days, or never', () => {
  assert.equal(expiryOf(30, new Date('2026-11-01T12:00:00Z')), '2026-12-01T12:00:00.000Z');
  assert.equal(expiryOf(0, new Date()), null);
});
