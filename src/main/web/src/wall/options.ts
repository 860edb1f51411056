import { useToken } from '../api/http';
import { language, remembered, theme } from '../preferences';
import { parseHours } from './hours';

/** The hours in which this screen is dim, as text; empty for none. */
export const dim = remembered<string>('wall.dim', '', (value): value is string => value === '' || (typeof value === 'string' && parseHours(value) !== null));

/** A screen without a keyboard is set up by its address, such as `wall?dim=22-6&theme=dark&lang=de#TOKEN`; it is remembered. */
export function readAddress(): void {
  const given = new URLSearchParams(location.search);
  const hours = given.get('dim');
  if (hours !== null) {
    dim.value = parseHours(hours) ? hours : '';
  }
  const colours = given.get('theme');
  if (colours === 'auto' || colours === 'light' || colours === 'dark') {
    theme.value = colours;
  }
  const spoken = given.get('lang');
  if (spoken === 'auto' || spoken === 'en' || spoken === 'de') {
    language.value = spoken;
  }
}

/** Takes the token out of the address, where it could be read from the screen. Returns whether there was one. */
export function takeToken(): boolean {
  const given = location.hash.slice(1);
  if (given === '') {
    return false;
  }
  history.replaceState(null, '', location.pathname + location.search);
  useToken(given);
  return true;
}
