import type { Alert, PrinterEvent, Status } from '../api/types';
import type { ServerSentEvent } from '../api/sse';
import { keyed, keyOf as printerKeyOf, type Sited } from './site';

/** An alert that opened, or that cleared or was acknowledged. */
export interface AlertChange extends Alert {
  open: boolean;
}

/** What arrived since the last frame. Of each printer only the newest change matters; null if it was removed. */
export interface Pending {
  /** Whether a snapshot arrived: printers without a change are gone. */
  snapshot: boolean;
  changes: Map<string, Status | null>;
  events: PrinterEvent[];
  alerts: AlertChange[];
}

export function nothingPending(): Pending {
  return { snapshot: false, changes: new Map(), events: [], alerts: [] };
}

/** Adds a message of the stream. Messages of a kind that this page does not know are ignored. */
export function collect(pending: Pending, message: ServerSentEvent): void {
  switch (message.event) {
    case 'snapshot': {
      const list = JSON.parse(message.data) as { printers: Status[] };
      pending.snapshot = true;
      pending.changes = new Map(list.printers.map(keyed).map(status => [status.id, status]));
      break;
    }
    case 'change': {
      const status = keyed(JSON.parse(message.data) as Status);
      pending.changes.set(status.id, status);
      break;
    }
    case 'removed':
      pending.changes.set(printerKeyOf(JSON.parse(message.data) as Sited), null);
      break;
    case 'event':
      pending.events.push(JSON.parse(message.data) as PrinterEvent);
      break;
    case 'alert':
      pending.alerts.push(JSON.parse(message.data) as AlertChange);
      break;
  }
}

/** The open alerts after changes, worst first and then by age. */
export function changedAlerts(open: readonly Alert[], changes: readonly AlertChange[]): Alert[] {
  const known = new Map(open.map(alert => [keyOf(alert), alert]));
  for (const change of changes) {
    if (change.open) {
      known.set(keyOf(change), change);
    } else {
      known.delete(keyOf(change));
    }
  }
  return sorted([...known.values()]);
}

export const printerOf = ({ printer: id, site }: Alert): string => printerKeyOf({ id, site });

export function keyOf(alert: Alert): string {
  return `${printerOf(alert)}/${alert.code}`;
}

const SEVERITIES = ['critical', 'error', 'warning', 'info'];

function sorted(alerts: Alert[]): Alert[] {
  return alerts.sort(
    (one, other) =>
      SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
      (one.since < other.since ? -1 : one.since > other.since ? 1 : keyOf(one) < keyOf(other) ? -1 : 1),
  );
}
