import type { Signal } from '@preact/signals';
import type { Status } from '../api/types';
import { plateWaits } from '../fleet/lanes';
import { filter } from '../preferences';
import { printerLink } from '../route';
import { number, t } from '../text/language';
import { Bar, degrees, Finish, Late, lookOf, moment, NextStep, percent, reasonOf, StateWord } from './parts';

/** One printer as a card. It renders when its own status changes. */
export function Card({ status: signal }: { status: Signal<Status> }) {
  const status = signal.value;
  const look = lookOf(status);
  return (
    <li class={`card look-${look}`} data-id={status.id}>
      <div class="head">
        <a class="name" href={printerLink(status.id)}>
          {status.name}
        </a>
        <StateWord look={look} />
      </div>
      <Body status={status} />
      <div class="foot">
        <Badges status={status} />
        <Heat status={status} />
        <NextStep status={status} />
      </div>
    </li>
  );
}

function Body({ status }: { status: Status }) {
  const job = status.job;
  if (status.maintenance && lookOf(status) === 'maintenance') {
    return (
      <div class="body">
        <p class="say">{status.maintenance.note}</p>
        <p class="line quiet">{t('card.since', { clock: moment(status.maintenance.since) })}</p>
      </div>
    );
  }
  if (status.state === 'offline' || status.state === 'unknown') {
    return (
      <div class="body">
        <p class="say">{status.state === 'offline' && reasonOf(status)}</p>
        <p class="line">
          {plateWaits(status) ? t('card.plate_waits') : job?.file && <span class="file">{job.file}</span>}
        </p>
      </div>
    );
  }
  const says = status.state === 'error' || status.state === 'attention' ? status.message : null;
  if (job === null || plateWaits(status)) {
    return (
      <div class="body">
        <p class="line">{says ?? <span class="file">{job?.file ?? status.last_job?.file}</span>}</p>
        <p class="line quiet">
          {status.plate && plateWaits(status) ? t('card.since', { clock: moment(status.plate.since) }) : null}
          <Late status={status} />
        </p>
      </div>
    );
  }
  return (
    <div class="body">
      <p class="line">{says ?? <span class="file">{job.file}</span>}</p>
      <div class="progress">
        <Bar job={job} label={t('column.progress')} />
        <span class="percent">{percent(job.progress)}</span>
      </div>
      <p class="line quiet">
        <Finish job={job} state={status.state} />
        <Late status={status} />
      </p>
    </div>
  );
}

/** Badges filter the fleet. */
export function Badges({ status }: { status: Status }) {
  return (
    <span class="badges">
      {status.group !== null && <Badge property="group" value={status.group} />}
      {status.model !== null && <Badge property="model" value={status.model} />}
    </span>
  );
}

function Badge({ property, value }: { property: 'group' | 'model'; value: string }) {
  return (
    <button
      type="button"
      class="badge"
      aria-label={t('fleet.filter_by', { value })}
      onClick={() => (filter.value = { ...filter.value, [property]: filter.value[property] === value ? '' : value })}
    >
      {value}
    </button>
  );
}

function Heat({ status }: { status: Status }) {
  const { nozzle, bed } = status.temperatures;
  if (nozzle === null && bed === null) {
    return null;
  }
  if (status.plate?.state === 'cooling' && bed?.actual != null) {
    return <b class="heat">{t('card.bed', { degrees: number(Math.round(bed.actual)) })}</b>;
  }
  return (
    <span class="heat">
      <span class="unseen">{t('printer.nozzle')} </span>
      {degrees(nozzle?.actual)} <span aria-hidden="true">/</span>
      <span class="unseen">{t('printer.bed')} </span> {degrees(bed?.actual)}
    </span>
  );
}
