import type { Signal } from '@preact/signals';
import type { Heater, Job, Status } from '../api/types';
import { plateWaits } from '../fleet/lanes';
import { isUnheard } from '../fleet/site';
import { filter } from '../preferences';
import { printerLink } from '../route';
import type { Key } from '../text/en';
import { number, t } from '../text/language';
import { duration } from '../text/time';
import { CardCamera } from './camera';
import { Bar, degrees, Dot, Fact, Finish, Late, lookOf, moment, NextStep, percent, reasonOf, StateWord } from './parts';
import { hasThumbnail, Thumbnail } from './picture';

/** One printer as a card; a large one shows details too. It renders when its own status changes. */
export function Card({ status: signal, size }: { status: Signal<Status>; size: 'cards' | 'large' }) {
  const status = signal.value;
  const look = lookOf(status);
  const job = status.online && look !== 'maintenance' && !plateWaits(status) && hasThumbnail(status) ? status.job : null;
  return (
    <li class={`card look-${look} ${job ? 'pictured' : ''}`} data-id={status.id}>
      <div class="head">
        <a class="name" href={printerLink(status.id)}>
          {status.name}
        </a>
        <StateWord look={look} />
      </div>
      {job && <Thumbnail job={job} status={status} />}
      <Body status={status} />
      {size === 'large' && <Details status={status} />}
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
  const says = status.state === 'error' || status.state === 'attention' ? status.message : null;
  const file = <span class="file">{(job ?? status.last_job)?.file}</span>;
  if (isUnheard(status)) {
    // Two lines, without which the age of what is shown would not fit.
    return (
      <div class="body unheard">
        <p class="line">{says ?? file}</p>
        {job && says === null && !plateWaits(status) && <Progress job={job} />}
        <p class="say">
          <Late status={status} />
        </p>
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
  if (job === null || plateWaits(status)) {
    return (
      <div class="body">
        <p class="line">{says ?? file}</p>
        <p class="line quiet">
          {status.plate && plateWaits(status) ? t('card.since', { clock: moment(status.plate.since) }) : null}
          <Late status={status} />
        </p>
      </div>
    );
  }
  return (
    <div class="body">
      <p class="line">{says ?? file}</p>
      <Progress job={job} />
      <p class="line quiet">
        <Finish job={job} state={status.state} />
        <Late status={status} />
      </p>
    </div>
  );
}

function Progress({ job }: { job: Job }) {
  return (
    <div class="progress">
      <Bar job={job} label={t('column.progress')} />
      <span class="percent">{percent(job.progress)}</span>
    </div>
  );
}

function Details({ status }: { status: Status }) {
  const { nozzle, bed, chamber } = status.temperatures;
  const heaters: [Key, Heater | null][] = [
    ['heater.nozzle', nozzle],
    ['heater.bed', bed],
    ['heater.chamber', chamber],
  ];
  const job = status.job?.stale ? null : status.job;
  return (
    <div class="details">
      <CardCamera status={status} />
      {status.state !== 'offline' && (
        <dl class="facts">
          {heaters.map(
            ([name, heater]) =>
              heater && (
                <Fact key={name} name={t(name)} value={heater.target ? `${degrees(heater.actual)} / ${degrees(heater.target)}` : degrees(heater.actual)} />
              ),
          )}
          {job && job.layer !== null && (
            <Fact
              name={t('printer.layer')}
              value={job.layers === null ? number(job.layer) : t('printer.layer_of', { layer: number(job.layer), layers: number(job.layers) })}
            />
          )}
          {job && job.elapsed !== null && <Fact name={t('printer.elapsed')} value={duration(job.elapsed)} />}
        </dl>
      )}
      <p class="line">
        {status.filaments?.map(filament => (
          <span key={filament.slot} class="filament">
            <Dot filament={filament} /> {filament.name ?? filament.type}
          </span>
        ))}
      </p>
    </div>
  );
}

/** Badges filter the fleet. */
export function Badges({ status }: { status: Status }) {
  return (
    <span class="badges">
      {status.site && <Badge property="site" value={status.site} />}
      {status.group !== null && <Badge property="group" value={status.group} />}
      {status.model !== null && <Badge property="model" value={status.model} />}
    </span>
  );
}

function Badge({ property, value }: { property: 'site' | 'group' | 'model'; value: string }) {
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
      <span class="unseen">{t('heater.nozzle')} </span>
      {degrees(nozzle?.actual)} <span aria-hidden="true">/</span>
      <span class="unseen">{t('heater.bed')} </span> {degrees(bed?.actual)}
    </span>
  );
}
