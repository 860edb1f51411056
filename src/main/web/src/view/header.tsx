import { alerts, counts, nextFinish, size } from '../fleet/store';
import { COUNTS, type Count, type Look } from '../fleet/lanes';
import { filter } from '../preferences';
import { printerLink, route } from '../route';
import { mayManage } from '../session';
import { number, t } from '../text/language';
import { LookIcon, Sign } from './icons';
import { Finish } from './parts';
import { ViewMenu } from './menu';

const LOOKS: Record<Count, Look> = {
  act: 'error',
  clear: 'clear',
  paused: 'paused',
  printing: 'printing',
  idle: 'idle',
  maintenance: 'maintenance',
  offline: 'offline',
};

/** Counts that are left out while they are 0. */
const RARE = new Set<Count>(['paused', 'maintenance']);

/** The strip at the top of every screen. */
export function Header() {
  return (
    <header class="top">
      <nav class="bar-top" aria-label="printer2mqtt">
        <a class="brand" href="#/" aria-label="printer2mqtt">
          <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3 21h18M6 17.5h12M8 14h8M10 10.5h4" />
            <path class="tip" d="M12 2v3.2l-1.6 2h3.2l-1.6-2" />
          </svg>
          <span>printer2mqtt</span>
        </a>
        <NextFree />
        <span class="space" />
        <AlertsLink />
        <a class="button icon-text" href="#/history">
          <Sign name="past" />
          <span class="optional">{t('nav.history')}</span>
        </a>
        {mayManage.value && (
          <a class="button icon-text" href="#/add">
            <Sign name="plus" />
            <span class="optional">{t('nav.add')}</span>
          </a>
        )}
        <ViewMenu />
      </nav>
      {route.value.screen === 'fleet' && size.value > 0 && <Counts />}
    </header>
  );
}

function AlertsLink() {
  const open = alerts.value.length;
  const worst = alerts.value[0]?.severity;
  return (
    <a class={`button icon-text ${open ? `open ${worst}` : ''}`} href="#/alerts">
      <Sign name="bell" />
      <span class="optional">{t('nav.alerts')}</span>
      {open > 0 && (
        <b class="count">
          {number(open)}
          <span class="unseen"> {t('nav.alerts_open')}</span>
        </b>
      )}
    </a>
  );
}

/** Which printer frees up next. */
function NextFree() {
  const next = nextFinish.value;
  const job = next?.status.value.job;
  if (!next || !job) {
    return null;
  }
  return (
    <a class="next" href={printerLink(next.id)}>
      <span class="quiet">{t('fleet.next')}</span> <b>{next.status.value.name}</b>{' '}
      <span class="next-time">
        <Finish job={job} state="printing" />
      </span>
    </a>
  );
}

function Counts() {
  const numbers = counts.value;
  const chosen = filter.value.count;
  return (
    <div class="counts" role="group" aria-label={t('count.label')}>
      {(Object.keys(COUNTS) as Count[])
        .filter(count => !RARE.has(count) || numbers[count] > 0 || chosen === count)
        .map(count => (
          <button
            key={count}
            type="button"
            class={`chip look-${LOOKS[count]} ${numbers[count] === 0 ? 'none' : ''}`}
            aria-pressed={chosen === count}
            onClick={() => (filter.value = { ...filter.value, count: chosen === count ? '' : count })}
          >
            <LookIcon look={LOOKS[count]} />
            <b>{number(numbers[count])}</b>
            <span>{t(`count.${count}`)}</span>
          </button>
        ))}
    </div>
  );
}
