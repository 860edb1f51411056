/** Hours of the day in which the screen is dim, in minutes since midnight. They may include midnight. */
export interface Hours {
  from: number;
  to: number;
}

/** Reads `22-6` or `22:30-06:15`; null for any other text. */
export function parseHours(text: string): Hours | null {
  const found = /^(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?$/.exec(text.trim());
  if (!found) {
    return null;
  }
  const from = minutes(found[1]!, found[2]);
  const to = minutes(found[3]!, found[4]);
  return from === null || to === null || from === to ? null : { from, to };
}

function minutes(hour: string, minute = '0'): number | null {
  return Number(hour) < 24 && Number(minute) < 60 ? Number(hour) * 60 + Number(minute) : null;
}

/** As a field for times takes it, such as `06:15`. */
export function clockText(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map(part => String(part).padStart(2, '0')).join(':');
}

export function isWithin({ from, to }: Hours, now: Date): boolean {
  const minute = now.getHours() * 60 + now.getMinutes();
  return from < to ? from <= minute && minute < to : from <= minute || minute < to;
}

/** Against burn-in everything moves by a pixel every few minutes, in a circle. */
export function shiftAt(now: Date): [number, number] {
  const step = Math.floor(now.getTime() / 180_000) % 4;
  return [step === 1 || step === 2 ? 1 : 0, step >= 2 ? 1 : 0];
}
