import { locale } from '../text/language';
import { clock } from '../text/time';
import { minute } from './feed';
import type { WallPrinter } from './layout';

/** A moment in the zone of the screen. */
export function moment(time: string | Date): string {
  return clock(new Date(time), minute.value, locale.value);
}

/** When its print ends; empty if it does not print. */
export function finishOf(printer: WallPrinter): string {
  return printer.finish_at === null || printer.state === 'finished' ? '' : moment(printer.finish_at);
}
