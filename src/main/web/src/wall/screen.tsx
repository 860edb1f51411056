import { useComputed } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { COUNTS, type Count } from '../fleet/lanes';
import { number, t, word } from '../text/language';
import { LanguageChoice, ThemeChoice } from '../view/choice';
import { LookIcon, Sign } from '../view/icons';
import { Blocks } from './blocks';
import { LOOKS } from './counts';
import { entries, heardAt, loaded, minute, outage, printers } from './feed';
import { clockText, isWithin, parseHours, shiftAt } from './hours';
import { acts, byUrgency, fitsAsTiles, gridOf, wallCount, wallLook } from './layout';
import { dim } from './options';
import { moment } from './texts';
import { Tiles } from './tiles';

/** More do not fit into the band anyway; their number stands in front. */
const MOST_NAMED = 60;

export function WallScreen() {
  const now = minute.value;
  const hours = parseHours(dim.value);
  const isDim = hours !== null && isWithin(hours, now);
  const [right, down] = shiftAt(now);
  return (
    <div class={`wall ${outage.value === null ? '' : 'stale'}`} style={{ transform: `translate(${right}px, ${down}px)` }}>
      <h1 class="unseen">{t('wall.title')}</h1>
      <header class="wall-top">
        <Counts />
        <NextFree />
        <Options />
        <time>{moment(now)}</time>
      </header>
      <ActNow />
      <Outage />
      <main>{loaded.value && <Fleet />}</main>
      {isDim && <div class="wall-dim" />}
    </div>
  );
}

function Counts() {
  const numbers = { act: 0, clear: 0, paused: 0, printing: 0, idle: 0, maintenance: 0, offline: 0 };
  printers.value.forEach(printer => numbers[wallCount(printer)]++);
  return (
    <ul class="wall-counts" aria-label={t('count.label')}>
      {(Object.keys(COUNTS) as Count[])
        .filter(count => numbers[count] > 0)
        .map(count => (
          <li key={count} class={`look-${LOOKS[count]}`}>
            <LookIcon look={LOOKS[count]} />
            <b>{number(numbers[count])}</b>
            <span>{t(`count.${count}`)}</span>
          </li>
        ))}
    </ul>
  );
}

/** Which printer frees up next. */
function NextFree() {
  const next = printers.value.reduce<{ name: string; at: string } | null>(
    (best, { name, finish_at: at, state }) => (at !== null && state === 'printing' && (best === null || at < best.at) ? { name, at } : best),
    null,
  );
  return (
    <p class="wall-next">
      {next && (
        <>
          <span class="quiet">{t('fleet.next')}</span> <b>{next.name}</b> {moment(next.at)}
        </>
      )}
    </p>
  );
}

/** The band is there while nobody is needed too, so that the printers keep their places. */
function ActNow() {
  const acting = useComputed(() => printers.value.filter(acts).sort(byUrgency));
  const shown = acting.value;
  if (shown.length === 0) {
    return <p class="band quiet">{loaded.value && t('wall.calm')}</p>;
  }
  return (
    <section class="band acting" aria-label={t('count.act')}>
      <b class="band-count">
        {number(shown.length)} {t('count.act')}
      </b>
      <ul>
        {shown.slice(0, MOST_NAMED).map(printer => (
          <li key={printer.id} class={`look-${wallLook(printer)}`}>
            <LookIcon look={wallLook(printer)} />
            <b>{printer.name}</b> {word('alert', printer.alert!)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Outage() {
  const why = outage.value;
  if (why === null || (why === 'connecting' && !loaded.value)) {
    return null;
  }
  const heard = heardAt.value;
  const lost = heard === null ? t('outage.lost_first') : t('outage.lost', { clock: moment(heard) });
  const texts = { connecting: t('outage.connecting'), starting: t('outage.starting'), denied: t('wall.denied'), lost };
  return (
    <p class={`wall-outage ${why}`} role="alert">
      {texts[why]}
    </p>
  );
}

function Fleet() {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setSize({ width: entry!.contentRect.width, height: entry!.contentRect.height }));
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  const all = entries.value;
  return (
    <div class="wall-fleet" ref={box}>
      {all.length === 0 ? (
        <p class="blank quiet">{t('fleet.empty')}</p>
      ) : (
        size &&
        (fitsAsTiles(all.length, innerWidth, innerHeight) ? (
          <Tiles entries={all} {...size} columns={gridOf(all.length, innerWidth, innerHeight).columns} />
        ) : (
          <Blocks entries={all} {...size} />
        ))
      )}
    </div>
  );
}

/** What this screen remembers. A screen without a keyboard gets it by its address. */
function Options() {
  const hours = parseHours(dim.value);
  const [from, setFrom] = useState(clockText(hours?.from ?? 22 * 60));
  const [to, setTo] = useState(clockText(hours?.to ?? 6 * 60));
  return (
    <details class="menu">
      <summary class="button" aria-label={t('wall.options')}>
        <Sign name="sliders" />
      </summary>
      <div class="panel">
        <form
          onSubmit={event => {
            event.preventDefault();
            dim.value = parseHours(`${from}-${to}`) ? `${from}-${to}` : '';
          }}
        >
          <div class="dim-hours">
            <label class="field">
              <span>{t('wall.from')}</span>
              <input type="time" required value={from} onInput={event => setFrom(event.currentTarget.value)} />
            </label>
            <label class="field">
              <span>{t('wall.to')}</span>
              <input type="time" required value={to} onInput={event => setTo(event.currentTarget.value)} />
            </label>
          </div>
          <div class="buttons">
            <button type="submit" class="button" aria-pressed={hours !== null}>
              {t('wall.dim')}
            </button>
            <button type="button" class="button" aria-pressed={hours === null} onClick={() => (dim.value = '')}>
              {t('wall.dim_never')}
            </button>
          </div>
        </form>
        <ThemeChoice />
        <LanguageChoice />
      </div>
    </details>
  );
}
