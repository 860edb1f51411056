import type { Signal } from '@preact/signals';
import { number, t, word } from '../text/language';
import { LookIcon } from '../view/icons';
import type { WallEntry } from './feed';
import { acts, wallLook, type WallPrinter } from './layout';
import { finishOf } from './texts';

const GAP = 8;

/** One tile a printer, all on one screen. */
export function Tiles(props: { entries: readonly WallEntry[]; width: number; height: number; columns: number }) {
  const { entries, width, height, columns } = props;
  const rows = Math.ceil(entries.length / columns);
  // What a tile shows is about 11 of these wide and 4.6 high.
  const unit = Math.min(((width + GAP) / columns - GAP) / 11, ((height + GAP) / rows - GAP) / 4.6);
  return (
    <ul
      class="tiles"
      style={{
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
        fontSize: `${Math.max(7, Math.min(40, unit)).toFixed(1)}px`,
      }}
    >
      {entries.map(entry => (
        <Tile key={entry.id} printer={entry.printer} />
      ))}
    </ul>
  );
}

function Tile({ printer: signal }: { printer: Signal<WallPrinter> }) {
  const printer = signal.value;
  const look = wallLook(printer);
  const finish = acts(printer) ? '' : finishOf(printer);
  const says = acts(printer) ? word('alert', printer.alert!) : t(`look.${look}`);
  return (
    <li class={`tile look-${look} ${acts(printer) ? 'act' : ''}`} data-id={printer.id}>
      <b>{printer.name}</b>
      <span class="tile-state">
        <LookIcon look={look} />
        {finish ? (
          <>
            <span class="unseen">{says}, </span>
            <span>{finish}</span>
          </>
        ) : (
          <span>{says}</span>
        )}
        {printer.progress !== null && !acts(printer) && <span class="tile-percent">{number(Math.floor(printer.progress))} %</span>}
      </span>
      <span class={printer.progress === null ? 'bar none' : 'bar'}>
        <span style={{ width: `${printer.progress ?? 0}%` }} />
      </span>
    </li>
  );
}
