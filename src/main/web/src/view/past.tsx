import { useEffect, useState } from 'preact/hooks';
import { get } from '../api/http';
import { explain } from '../actions';
import type { JobPage, PastJob, StateChange, StatePage } from '../api/types';
import { entryOf } from '../fleet/store';
import { t, word } from '../text/language';
import { duration } from '../text/time';
import { Sign } from './icons';
import { moment } from './parts';

const JOBS = 5;
const STATES = 10;

/** The prints before the last one, which stands above, and the last changes of state of one printer. */
export function PastPrints({ id }: { id: string }) {
  const [jobs, setJobs] = useState<PastJob[]>([]);
  const [states, setStates] = useState<StateChange[]>([]);
  const [failure, setFailure] = useState('');
  const status = entryOf(id)?.status.value;
  useEffect(() => {
    const query = new URLSearchParams({ printer: id });
    Promise.all([
      get<JobPage>(`api/history?${query}&limit=${JOBS + 1}`),
      get<StatePage>(`api/history?${query}&kind=states&limit=${STATES}`),
    ]).then(
      ([ofJobs, ofStates]) => {
        setJobs(ofJobs.jobs);
        setStates(ofStates.states);
        setFailure('');
      },
      error => setFailure(explain(error)),
    );
  }, [id, status?.state, status?.last_job?.id, status?.last_job?.ended_at]);
  const last = status?.last_job;
  const before = jobs.filter((job, i) => i > 0 || job.ended_at !== last?.ended_at || job.file !== last.file).slice(0, JOBS);
  if (failure) {
    return <p class="quiet">{failure}</p>;
  }
  return (
    <>
      {before.length > 0 && (
        <table class="small" aria-label={t('history.jobs')}>
          <tbody>
            {before.map(job => (
              <tr key={job.id}>
                <td>
                  <span class="whole">{job.file ?? '–'}</span>
                  <span class="quiet">
                    {word('printer.result', job.result)}, {moment(job.ended_at ?? job.recorded_at)}
                  </span>
                </td>
                <td class="number">{job.duration === null ? '' : duration(job.duration)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {states.length > 0 && (
        <details class="fold-in">
          <summary>
            <Sign name="chevron" />
            {t('history.states')}
          </summary>
          <table class="small" aria-label={t('history.states')}>
            <tbody>
              {states.map(change => (
                <tr key={change.id}>
                  <td>{moment(change.at)}</td>
                  <td>
                    {word('look', change.to)}
                    {change.reason !== null && <span class="quiet"> {word('reason', change.reason)}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}
