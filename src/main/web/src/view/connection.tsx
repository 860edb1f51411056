import { useEffect, useState } from 'preact/hooks';
import { get } from '../api/http';
import type { Diagnosis, Polls, Registration, Status } from '../api/types';
import { attempt, explain, remove, setMaintenance } from '../actions';
import { editLink } from '../route';
import { mayManage } from '../session';
import { locale, number, t, word } from '../text/language';
import { ask } from './confirm';
import { Sign } from './icons';
import { Fact, Stages } from './parts';

/** Why a printer cannot be read: the last polls, and a diagnosis on request. */
export function Connection({ id }: { id: string }) {
  const [diagnosis, setDiagnosis] = useState<Diagnosis | null>(null);
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState('');
  const diagnose = async () => {
    setRunning(true);
    setFailure('');
    try {
      setDiagnosis(await get<Diagnosis>(`api/printers/${id}/diagnosis`));
    } catch (error) {
      setFailure(explain(error));
    }
    setRunning(false);
  };
  const failed = diagnosis?.stages.find(stage => stage.ok === false);
  return (
    <section>
      <h3>{t('printer.why')}</h3>
      {mayManage.value && (
        <button type="button" class="button" aria-busy={running} disabled={running} onClick={() => void diagnose()}>
          {t('printer.diagnose')}
        </button>
      )}
      <div aria-live="polite">
        {running && <p class="quiet working">{t('printer.diagnosing')}</p>}
        {failure && <p class="wrong">{failure}</p>}
        {diagnosis && !running && (
          <>
            <p>
              {failed ? t('printer.failed', { stage: word('stage', failed.stage) }) : t('printer.sound')}{' '}
              <span class="quiet">{number(diagnosis.took_ms)} ms</span>
            </p>
            <Stages stages={diagnosis.stages} />
          </>
        )}
      </div>
      <PollList id={id} />
    </section>
  );
}

/** The last polls, requested when they are opened. */
function PollList({ id }: { id: string }) {
  const [polls, setPolls] = useState<Polls | null>(null);
  const [failure, setFailure] = useState('');
  const load = (event: Event & { currentTarget: HTMLDetailsElement }) => {
    if (event.currentTarget.open) {
      get<Polls>(`api/printers/${id}/polls`).then(setPolls, error => setFailure(explain(error)));
    }
  };
  const time = new Intl.DateTimeFormat(locale.value, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  return (
    <details class="fold-in" onToggle={load}>
      <summary>
        <Sign name="chevron" />
        {t('printer.polls')}
      </summary>
      {failure && <p class="wrong">{failure}</p>}
      {polls?.mode === 'push' && <p class="quiet">{t('printer.push')}</p>}
      {polls?.fallback && <p class="quiet">{t('printer.fallback', { why: polls.fallback })}</p>}
      {polls && (
        <table class="small">
          <thead>
            <tr>
              <th scope="col">{t('printer.poll_time')}</th>
              <th scope="col">{t('printer.poll_result')}</th>
              <th scope="col" class="number">{t('printer.poll_latency')}</th>
            </tr>
          </thead>
          <tbody>
            {[...polls.polls].reverse().map(poll => (
              <tr key={poll.at} class={poll.result === 'ok' ? '' : 'bad'}>
                <td>{time.format(new Date(poll.at))}</td>
                <td>
                  {poll.result === 'ok' ? t('printer.poll_ok') : word('reason', poll.result)}
                  {poll.detail !== null && <span class="quiet"> {poll.detail}</span>}
                </td>
                <td class="number">{poll.latency_ms !== null && `${number(poll.latency_ms)} ms`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

/** Who the printer is, and its own web page. */
export function Facts({ status }: { status: Status }) {
  const [registration, setRegistration] = useState<Registration | null>(null);
  useEffect(() => {
    // A viewer may not read addresses; the rest of the view does not depend on them.
    if (!status.site) {
      get<Registration>(`api/printers/${status.id}/registration`).then(setRegistration, () => undefined);
    }
  }, [status.id]);
  const done = (command: string) => t('command.done', { command, name: status.name });
  const forget = () =>
    ask({
      text: t('confirm.remove', { name: status.name }),
      button: t('printer.remove'),
      dangerous: true,
      confirmed: () =>
        void attempt(() => remove(status.id), done(t('printer.remove'))).then(
          removed => removed && (location.hash = '#/'),
        ),
    });
  const maintain = () =>
    ask({
      text: t('confirm.maintain', { name: status.name }),
      button: t('printer.maintain'),
      dangerous: false,
      entry: { label: t('confirm.note'), maxLength: 200 },
      confirmed: ({ entry }) => void attempt(() => setMaintenance(status.id, entry), done(t('printer.maintain'))),
    });
  const endMaintenance = () => attempt(() => setMaintenance(status.id, null), done(t('printer.maintain_end')));
  return (
    <section>
      <h3>{t('printer.facts')}</h3>
      <dl class="facts">
        {status.model !== null && <Fact name={t('printer.model')} value={status.model} />}
        <Fact name={t('printer.driver')} value={status.driver} />
        <Fact name={t('printer.id')} value={status.id} />
        {status.site && <Fact name={t('fleet.site')} value={status.site} />}
        {status.group !== null && <Fact name={t('fleet.group')} value={status.group} />}
        {status.tags.length > 0 && <Fact name={t('printer.tags')} value={status.tags.join(', ')} />}
        {registration && <Fact name={t('printer.address')} value={registration.address} />}
      </dl>
      <div class="commands">
        {registration && /^https?:\/\//.test(registration.address) && (
          <a class="button icon-text" href={registration.address} target="_blank" rel="noopener noreferrer">
            <Sign name="open" />
            {t('printer.web')}
          </a>
        )}
        {mayManage.value && !status.site && (
          <>
            <a class="button" href={editLink(status.id)}>
              {t('printer.edit')}
            </a>
            <button type="button" class="button" onClick={() => void (status.maintenance ? endMaintenance() : maintain())}>
              {status.maintenance ? t('printer.maintain_end') : t('printer.maintain')}
            </button>
            <button type="button" class="button danger-text" onClick={forget}>
              {t('printer.remove')}
            </button>
          </>
        )}
      </div>
    </section>
  );
}
