/** What names a printer: its id is unique in its site only. Null, and in some messages missing, for a printer of this bridge. */
export interface Sited {
  id: string;
  site?: string | null | undefined;
}

/** The key of a printer on this page and in its address: the id, after its site if that is another one. Neither contains a slash. */
export const keyOf = ({ id, site }: Sited): string => (site ? `${site}/${id}` : id);

/** A printer with its key in place of its id, so that every part of the page tells printers of several sites apart. */
export const keyed = <T extends Sited>(printer: T): T => (printer.site ? { ...printer, id: keyOf(printer) } : printer);

/** The path of a printer in the API. Of a printer of another site, only its status and its commands are there. */
export function pathOf(key: string): string {
  const [id, site] = key.split('/').reverse();
  return `api/${site ? `sites/${site}/` : ''}printers/${id}`;
}

/** Whether nobody hears of a printer, because its site cannot be reached: what is shown of it is old. */
export const isUnheard = ({ poll }: { poll: { reason: string | null } }): boolean => poll.reason === 'site_unreachable';
