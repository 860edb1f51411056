/** What the history screen shows. Empty texts stand for everything. */
export interface HistoryFilter {
  printer: string;
  group: string;
  result: string;
  days: number;
}

export const PERIODS = [7, 30, 90, 365];
export const RESULTS = ['finished', 'cancelled', 'failed', 'unknown'];
export const LAST_MONTH: HistoryFilter = { printer: '', group: '', result: '', days: 30 };

const DAY = 24 * 3600 * 1000;

/** The query of the prints that a filter shows; of statistics without the result, which they count. */
export function historyQuery(filter: HistoryFilter, now: Date, more: Record<string, string> = {}): string {
  const { printer, group, result, days } = filter;
  const from = new Date(now.getTime() - days * DAY).toISOString();
  const given = Object.entries({ from, printer, group, result, ...more }).filter(([, value]) => value !== '');
  return new URLSearchParams(given).toString();
}

/** One table of several pages: each page repeats the line with the names of the columns. */
export function joinCsv(pages: readonly string[]): string {
  return pages.map((page, i) => (i === 0 ? page : page.slice(page.indexOf('\n') + 1))).join('');
}
