import { en, type Key } from '../text/en';
import { t } from '../text/language';

/** Credentials as a registration takes them. They are never read from the bridge. */
export interface Credentials {
  api_key?: string;
  username?: string;
  password?: string;
}

/** What drivers need, unless it is an API key. Printers of some manufacturers need nothing. */
const FIELDS: Record<string, (keyof Credentials)[]> = {
  prusalink: ['username', 'password'],
  bambu: ['username', 'password'],
  flashforge: ['username', 'password'],
  duet: ['password'],
  'flashforge-tcp': [],
  creality: [],
  elegoo: [],
  'elegoo-cc2': ['username', 'password'],
};

export function credentialFields(driver: string): (keyof Credentials)[] {
  return FIELDS[driver] ?? ['api_key'];
}

/** What the printer calls it. */
export function credentialLabel(driver: string, field: keyof Credentials): string {
  const own = `field.${driver}.${field}`;
  return t(Object.hasOwn(en, own) ? (own as Key) : `field.credentials.${field}`);
}

/** Where the credentials stand on the printer. */
export function credentialHint(driver: string): string {
  const own = `where.${driver}`;
  return t(Object.hasOwn(en, own) ? (own as Key) : 'where.other');
}
