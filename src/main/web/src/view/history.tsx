import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, getCsv } from '../api/http';
import { attempt, download, explain } from '../actions';
import type { JobPage, PastJob, PrintStatistics, Statistics } from '../api/types';
import { historyQuery, joinCsv, LAST_MONTH, PERIODS, RESULTS, type HistoryFilter } from '../fleet/history';
import { choices } from '../fleet/store';
import { printerLink } from '../route';
import { number, t, word } from '../text/language';
import { duration } from '../text/time';
import { Sign } from './icons';
import { Action, moment } from './parts';

/** More would be an export that a browser cannot hold. */
const CSV_PAGES = 20;

/** So many printers are shown at once; more are folded away. */
const FEW = 12;

/** Ended prints with filters, and what was printed by whom. */
export function HistoryScreen() {
  const [filter, setFilter] = useState<HistoryFilter>(LAST_MONTH);
  const [now, setNow] = useState(() => new Date());
  const [statistics, setStatistics] = useState<Statistics | null>(null);
  const [jobs, setJobs] = useState<PastJob[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [failure, setFailure] = useState('');
  const choose = (part: Partial<HistoryFilter>) => {
    setNow(new Date());
    setFilter({ ...filter, ...part });
  };
  useEffect(() => {
    let isCurrent = true;
    Promise.all([
      get<Statistics>(`api/statistics?${historyQuery(filter, now, { result: '' })}`),
      get<JobPage>(`api/history?${historyQuery(filter, now)}`),
    ]).then(
      ([computed, page]) => {
        if (isCurrent) {
          setStatistics(computed);
          setJobs(page.jobs);
          setNext(page.next);
          setFailure('');
        }
      },
      error => isCurrent && setFailure(explain(error)),
    );
    return () => void (isCurrent = false);
  }, [filter]);
  const more = async () => {
    try {
      const page = await get<JobPage>(`api/history?${historyQuery(filter, now, { cursor: next ?? '' })}`);
      setJobs([...(jobs ?? []), ...page.jobs]);
      setNext(page.next);
    } catch (error) {
      setFailure(explain(error));
    }
  };
  return (
    <div class="page wide">
      <h1>{t('history.title')}</h1>
      <Filters filter={filter} choose={choose} statistics={statistics} />
      {failure && (
        <p class="wrong" role="alert">
          {failure}
        </p>
      )}
      {statistics && <Totals statistics={statistics} />}
      {jobs && (
        <>
          <h2>{t('history.jobs')}</h2>
          {jobs.length === 0 ? <p class="quiet">{t('history.none')}</p> : <JobTable jobs={jobs} />}
          <p class="buttons">
            {next !== null && <Action run={more}>{t('history.more')}</Action>}
            {jobs.length > 0 && <Action run={() => attempt(() => save(filter, now), t('history.saved'))}>{t('history.csv')}</Action>}
          </p>
        </>
      )}
    </div>
  );
}

function Filters(props: {
  filter: HistoryFilter;
  choose: (part: Partial<HistoryFilter>) => void;
  statistics: Statistics | null;
}) {
  const { filter, choose, statistics } = props;
  const [printers, setPrinters] = useState<[string, string][]>([]);
  useEffect(() => {
    if (statistics && filter.printer === '' && filter.group === '') {
      setPrinters(statistics.printers.map(each => [each.printer, each.name]));
    }
  }, [statistics]);
  return (
    <div class="tools">
      <select aria-label={t('history.period')} value={filter.days} onChange={event => choose({ days: Number(event.currentTarget.value) })}>
        {PERIODS.map(days => (
          <option key={days} value={days}>
            {t('history.days', { days })}
          </option>
        ))}
      </select>
      <select aria-label={t('column.name')} value={filter.printer} onChange={event => choose({ printer: event.currentTarget.value })}>
        <option value="">{t('history.all_printers')}</option>
        {printers.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {(choices.value.group.length > 0 || filter.group !== '') && (
        <select aria-label={t('fleet.group')} value={filter.group} onChange={event => choose({ group: event.currentTarget.value })}>
          <option value="">{t('fleet.all_groups')}</option>
          {choices.value.group.map(group => (
            <option key={group} value={group}>
              {group}
            </option>
          ))}
        </select>
      )}
      <select aria-label={t('history.result')} value={filter.result} onChange={event => choose({ result: event.currentTarget.value })}>
        <option value="">{t('history.all_results')}</option>
        {RESULTS.map(result => (
          <option key={result} value={result}>
            {word('printer.result', result)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Totals({ statistics }: { statistics: Statistics }) {
  const isShort = new Date(statistics.recorded_from) > new Date(statistics.from);
  const { fleet, groups, printers } = statistics;
  return (
    <>
      <TotalsTable label={t('history.statistics')}>
        <TotalsRow name={t('history.together')} of={fleet} />
        {groups.map(each => (
          <TotalsRow key={each.group} name={`${t('fleet.group')} ${each.group}`} of={each} />
        ))}
      </TotalsTable>
      <details class="fold-in" open={printers.length <= FEW}>
        <summary>
          <Sign name="chevron" />
          {t('history.each')}
        </summary>
        <TotalsTable label={t('history.each')}>
          {printers.map(each => (
            <TotalsRow key={each.printer} name={each.name} of={each} {...(each.registered ? { link: printerLink(each.printer) } : {})} />
          ))}
        </TotalsTable>
      </details>
      {isShort && <p class="quiet">{t('history.since', { clock: moment(statistics.recorded_from) })}</p>}
    </>
  );
}

function TotalsTable({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table class="printers" aria-label={label}>
        <thead>
          <tr>
            <td />
            <th scope="col" class="number">{t('printer.elapsed')}</th>
            <th scope="col">{t('history.use')}</th>
            <th scope="col" class="number">{t('history.jobs')}</th>
            <th scope="col">{t('history.success')}</th>
            <th scope="col">{t('fleet.next')}</th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function TotalsRow({ name, of, link }: { name: string; of: PrintStatistics; link?: string }) {
  return (
    <tr>
      <th scope="row">{link ? <a class="name" href={link}>{name}</a> : name}</th>
      <td class="number">{`${number(of.printed / 3600, 1)} h`}</td>
      <td>
        <Share value={of.use} look="printing" />
      </td>
      <td class="number">{number(of.jobs.total)}</td>
      <td>
        <Share value={of.success_rate} look="clear" />
      </td>
      <td>{of.next_free === null ? '–' : new Date(of.next_free) <= new Date() ? t('history.now') : moment(of.next_free)}</td>
    </tr>
  );
}

/** A bar with its number, for eyes that compare. */
function Share({ value, look }: { value: number | null; look: string }) {
  return value === null ? (
    <>–</>
  ) : (
    <div class={`progress look-${look}`}>
      <span class="bar" aria-hidden="true">
        <span style={{ width: `${value}%` }} />
      </span>
      <span class="percent">{`${number(value, 1)} %`}</span>
    </div>
  );
}

function JobTable({ jobs }: { jobs: PastJob[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('history.jobs')}>
      <table class="printers preview" aria-label={t('history.jobs')}>
        <thead>
          <tr>
            <th scope="col">{t('history.ended')}</th>
            <th scope="col">{t('column.name')}</th>
            <th scope="col">{t('column.job')}</th>
            <th scope="col">{t('history.result')}</th>
            <th scope="col" class="number">{t('printer.elapsed')}</th>
            <th scope="col">{t('history.filament')}</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map(job => (
            <tr key={job.id}>
              <td>{job.ended_at === null ? t('history.noticed', { clock: moment(job.recorded_at) }) : moment(job.ended_at)}</td>
              <td>{job.name}</td>
              <td>{job.file ?? '–'}</td>
              <td>{word('printer.result', job.result)}</td>
              <td class="number">{job.duration === null ? '–' : duration(job.duration)}</td>
              <td>{job.filament ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A link cannot send the token, so the file is fetched and then saved. */
async function save(filter: HistoryFilter, now: Date): Promise<void> {
  const pages: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null && pages.length < CSV_PAGES) {
    const page: { text: string; next: string | null } = await getCsv(
      `api/history?${historyQuery(filter, now, { format: 'csv', cursor })}`,
    );
    pages.push(page.text);
    cursor = page.next;
  }
  download(URL.createObjectURL(new Blob([joinCsv(pages)], { type: 'text/csv' })), 'prints.csv');
}
