import { useState } from 'preact/hooks';
import { getFile, post, request } from '../../api/http';
import type { BridgeParts, LogLevels, ReceiverTest } from '../../api/types';
import { attempt, download } from '../../actions';
import { mayManage } from '../../session';
import { t, word } from '../../text/language';
import { Failure, useTask } from '../form';
import { LookIcon } from '../icons';
import { Action } from '../parts';
import { useLoaded } from './loaded';
import { Part } from './screen';

/** Where notifications go, and whether they arrive. The receivers stand in the configuration. */
export function Notifications() {
  const { value, failure } = useLoaded<{ receivers: { receiver: string }[] }>('api/notifications');
  const [results, setResults] = useState<ReceiverTest[]>([]);
  const task = useTask();
  const test = async () => {
    setResults([]);
    setResults((await post<{ receivers: ReceiverTest[] }>('api/notifications/test')).receivers);
  };
  return (
    <Part title="notifications.title">
      <Failure text={failure || task.failure} />
      {value?.receivers.length === 0 && <p class="quiet">{t('notifications.none')}</p>}
      <ul class="items" aria-live="polite">
        {value?.receivers.map(({ receiver }) => {
          const result = results.find(each => each.receiver === receiver);
          return (
            <li key={receiver}>
              <b>{word('receiver', receiver)}</b>
              {result && (
                <span class={result.delivered ? '' : 'wrong'}>
                  {t(result.delivered ? 'notifications.delivered' : 'notifications.failed')} {result.detail}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {value && value.receivers.length > 0 && (
        <div class="buttons">
          <button type="button" class="button" disabled={task.busy} aria-busy={task.busy} onClick={() => void task.run(test)}>
            {t('notifications.test')}
          </button>
        </div>
      )}
    </Part>
  );
}

const LOOKS = { up: 'finished', degraded: 'attention', down: 'error' } as const;

const saveArchive = async () => download(await getFile('api/support', AbortSignal.timeout(75_000)), 'printer2mqtt-support.zip');

/** Whether the parts of the bridge work, such as the connection to the broker; for administrators also the archive for support. */
export function BridgeHealth() {
  const { value, failure, load } = useLoaded<BridgeParts>('api/health');
  return (
    <Part title="health.title">
      <Failure text={failure} />
      <ul class="items">
        {Object.entries(value?.parts ?? {}).map(([name, part]) => (
          <li key={name} class={`look-${LOOKS[part.status]}`}>
            <span class="state">
              <LookIcon look={LOOKS[part.status]} />
              <b>{word('part', name)}</b>
            </span>
            <span class="quiet">
              {word('health', part.status)}
              {part.detail !== null && `: ${part.detail}`}
            </span>
          </li>
        ))}
      </ul>
      <div class="buttons">
        <button type="button" class="button" onClick={() => void load()}>
          {t('health.again')}
        </button>
        {mayManage.value && <Action run={() => attempt(saveArchive, t('support.saved'))}>{t('support.save')}</Action>}
      </div>
      {mayManage.value && <p class="quiet">{t('support.hint')}</p>}
    </Part>
  );
}

const LEVELS = ['error', 'warn', 'info', 'debug', 'trace'];

/** How much the bridge logs, until its next start. Levels of single packages stay as they are. */
export function LogLevel() {
  const { value, failure, load } = useLoaded<LogLevels>('api/log');
  const change = async (level: string) => {
    await attempt(() => request('PUT', 'api/log', { ...value, level }), t('log.changed'));
    await load();
  };
  return (
    <Part title="log.title">
      <Failure text={failure} />
      {value && (
        <label class="field">
          <span>{t('log.level')}</span>
          <select value={value.level} onChange={event => void change(event.currentTarget.value)}>
            {LEVELS.map(level => (
              <option key={level} value={level}>
                {word('level', level)}
              </option>
            ))}
          </select>
          <small>{t('log.hint')}</small>
        </label>
      )}
      {Object.entries(value?.packages ?? {}).map(([name, level]) => (
        <p key={name}>
          <code>{name}</code> {word('level', level)}
        </p>
      ))}
    </Part>
  );
}
