import type { Signal } from '@preact/signals';
import type { Status } from '../api/types';
import type { Entry } from '../fleet/store';
import { printerLink } from '../route';
import { t } from '../text/language';
import { Badges } from './card';
import { Bar, degrees, Finish, Late, lookOf, NextStep, percent, reasonOf, StateWord } from './parts';

/** Printers as a table: one row each. */
export function PrinterTable({ entries, label }: { entries: readonly Entry[]; label: string }) {
  return (
    <table class="printers" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('column.name')}</th>
          <th scope="col">{t('column.state')}</th>
          <th scope="col">{t('column.job')}</th>
          <th scope="col">{t('column.progress')}</th>
          <th scope="col">{t('column.finish')}</th>
          <th scope="col" class="number">{t('column.nozzle')}</th>
          <th scope="col" class="number">{t('column.bed')}</th>
          <th scope="col">{t('column.group')}</th>
          <th scope="col">
            <span class="unseen">{t('column.action')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map(entry => (
          <Row key={entry.id} status={entry.status} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ status: signal }: { status: Signal<Status> }) {
  const status = signal.value;
  const { nozzle, bed } = status.temperatures;
  const job = status.job;
  const look = lookOf(status);
  const runs = job !== null && !job.stale && look !== 'clear' && look !== 'cooling' && look !== 'maintenance';
  const says = look === 'maintenance' ? status.maintenance?.note : status.state === 'offline' ? reasonOf(status) : status.message;
  return (
    <tr class={`row look-${look}`} data-id={status.id}>
      <th scope="row">
        <a class="name" href={printerLink(status.id)}>
          {status.name}
        </a>
      </th>
      <td>
        <StateWord look={look} />
      </td>
      <td class="wide">
        {says ?? job?.file}
      </td>
      <td>
        {runs && (
          <div class="progress">
            <Bar job={job} label={t('column.progress')} />
            <span class="percent">{percent(job.progress)}</span>
          </div>
        )}
      </td>
      <td class="time">
        {runs && <Finish job={job} state={status.state} />}
        <Late status={status} />
      </td>
      <td class="number">{nozzle && degrees(nozzle.actual)}</td>
      <td class="number">{bed && degrees(bed.actual)}</td>
      <td>
        <Badges status={status} />
      </td>
      <td class="step">
        <NextStep status={status} />
      </td>
    </tr>
  );
}
