import type { Status } from '../api/types';
import { countOf, type Count } from './lanes';

/** What the fleet screen shows; an empty value means everything. */
export interface Filter {
  count: Count | '';
  /** Another site. The printers of this bridge belong to none. */
  site: string;
  model: string;
  group: string;
  tag: string;
  text: string;
}

export const EVERYTHING: Filter = { count: '', site: '', model: '', group: '', tag: '', text: '' };

export function isFiltered(filter: Filter): boolean {
  return Object.values(filter).some(value => value !== '');
}

export function matches(filter: Filter, status: Status): boolean {
  return (filter.count === '' || countOf(status) === filter.count) && matchesProperties(filter, status);
}

/** As {@link matches}, without the state: the counts of the strip say how many of those there are. */
export function matchesProperties(filter: Filter, status: Status): boolean {
  return (
    (filter.site === '' || status.site === filter.site) &&
    (filter.model === '' || status.model === filter.model) &&
    (filter.group === '' || status.group === filter.group) &&
    (filter.tag === '' || status.tags.includes(filter.tag)) &&
    containsAll(status, filter.text)
  );
}

/** Whether each word occurs somewhere in what people know of a printer. */
function containsAll(status: Status, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return true;
  }
  const known = [status.name, status.id, status.model, status.group, status.driver, status.job?.file, ...status.tags]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
  return words.every(word => known.includes(word));
}
