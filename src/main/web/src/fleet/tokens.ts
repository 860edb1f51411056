import type { CreatedToken } from '../api/types';

/** What a token may be allowed, the most usual first. */
export const SCOPES = ['read', 'control', 'admin', 'wall', 'camera', 'calendar'];

/** Days until a token expires; 0 for never. */
export const LIFETIMES = [0, 30, 90, 365];

export function expiryOf(days: number, now: Date): string | null {
  return days === 0 ? null : new Date(now.getTime() + days * 24 * 3600 * 1000).toISOString();
}

/** The address that contains a token for a wall screen or for a calendar alone; null for other tokens, which are sent in a header. */
export function tokenAddress({ scopes, token }: CreatedToken, base: string): string | null {
  switch (scopes.join()) {
    case 'wall':
      return new URL(`wall#${token}`, base).href;
    case 'calendar':
      return new URL(`api/finish.ics?token=${token}`, base).href;
    default:
      return null;
  }
}
