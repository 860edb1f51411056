import { useComputed, type Signal } from '@preact/signals';
import { COUNTS, type Count } from '../fleet/lanes';
import { number, t } from '../text/language';
import { LookIcon } from '../view/icons';
import type { WallEntry } from './feed';
import { cellSize, gridOf, wallCount, wallLook, type WallPrinter } from './layout';
import { LOOKS } from './counts';

const GAP = 10;
/** Wider than high, since the counts of a group stand in a line. */
const RATIO = 1.6;

/** One block a group: how many printers do what, and a square for each. */
export function Blocks(props: { entries: readonly WallEntry[]; width: number; height: number }) {
  const { entries, width, height } = props;
  const groups = grouped(entries);
  const { columns, rows } = gridOf(groups.length, width, height, RATIO);
  const outer = { width: (width + GAP) / columns - GAP, height: (height + GAP) / rows - GAP };
  const unit = Math.max(7, Math.min(24, outer.width / 16, outer.height / 7));
  return (
    <ul
      class="blocks"
      style={{
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
        fontSize: `${unit.toFixed(1)}px`,
      }}
    >
      {groups.map(([group, members]) => (
        <li key={group} class="block">
          <Summary name={group || t('fleet.ungrouped')} entries={members} />
          <Cells entries={members} width={outer.width - 1.6 * unit} height={outer.height - 5.2 * unit} />
        </li>
      ))}
    </ul>
  );
}

function grouped(entries: readonly WallEntry[]): [string, WallEntry[]][] {
  const groups = new Map<string, WallEntry[]>();
  for (const entry of entries) {
    const group = entry.printer.peek().group ?? '';
    const members = groups.get(group);
    if (members) {
      members.push(entry);
    } else {
      groups.set(group, [entry]);
    }
  }
  return [...groups];
}

/** Renders only when a count changes. */
function Summary({ name, entries }: { name: string; entries: WallEntry[] }) {
  const counts = useComputed(() => {
    const numbers: Partial<Record<Count, number>> = {};
    for (const entry of entries) {
      const count = wallCount(entry.printer.value);
      numbers[count] = (numbers[count] ?? 0) + 1;
    }
    return (Object.keys(COUNTS) as Count[]).flatMap(count => (numbers[count] ? [`${count} ${numbers[count]}`] : [])).join(',');
  });
  return (
    <>
      <h2>
        {name} <span class="quiet">{number(entries.length)}</span>
      </h2>
      <p class="block-counts">
        {counts.value.split(',').map(each => {
          const [count, amount] = each.split(' ') as [Count, string];
          return (
            <span key={count} class={`look-${LOOKS[count]}`}>
              <LookIcon look={LOOKS[count]} />
              {number(Number(amount))}
              <span class="unseen"> {t(`count.${count}`)}</span>
            </span>
          );
        })}
      </p>
    </>
  );
}

function Cells({ entries, width, height }: { entries: WallEntry[]; width: number; height: number }) {
  const size = cellSize(entries.length, width, height);
  if (size < 4) {
    return null;
  }
  return (
    <div class="cells" aria-hidden="true" style={{ gridTemplateColumns: `repeat(auto-fill, ${size}px)`, gridAutoRows: `${size}px` }}>
      {entries.map(entry => (
        <Cell key={entry.id} printer={entry.printer} />
      ))}
    </div>
  );
}

function Cell({ printer }: { printer: Signal<WallPrinter> }) {
  const look = useComputed(() => wallLook(printer.value));
  return <i class={`look-${look.value}`} />;
}
