import type { Status } from '../api/types';
import { command } from '../actions';
import { mayCommand } from '../session';
import { t } from '../text/language';
import { ask } from './confirm';
import { percent } from './parts';

type Verb = 'pause' | 'resume' | 'cancel' | 'home' | 'nozzle_temperature' | 'bed_temperature' | 'emergency_stop';

/** The commands in which this page offers them, and whether the state allows them, as the bridge decides it. */
const COMMANDS: Record<Verb, (status: Status) => boolean> = {
  pause: ({ state }) => state === 'printing' || state === 'preparing',
  resume: ({ state }) => state === 'paused',
  cancel: ({ state, job }) =>
    ['printing', 'preparing', 'paused'].includes(state) || (job !== null && ['attention', 'busy'].includes(state)),
  home: ({ state }) => ['idle', 'finished', 'cancelled', 'error'].includes(state),
  nozzle_temperature: isOn,
  bed_temperature: isOn,
  emergency_stop: isOn,
};

const LARGEST: Partial<Record<Verb, number>> = { nozzle_temperature: 350, bed_temperature: 130 };

function isOn({ state }: Status): boolean {
  return state !== 'offline' && state !== 'unknown';
}

export function Commands({ status }: { status: Status }) {
  const supported = (Object.keys(COMMANDS) as Verb[]).filter(verb => status.capabilities.includes(verb));
  if (supported.length === 0) {
    return null;
  }
  return (
    <section>
      <h3>{t('printer.commands')}</h3>
      {mayCommand.value ? (
        <div class="commands">
          {supported.map(verb => (
            <button
              key={verb}
              type="button"
              class={`button ${verb === 'emergency_stop' || verb === 'cancel' ? 'danger-text' : ''}`}
              disabled={!COMMANDS[verb](status)}
              onClick={() => confirm(verb, status)}
            >
              {t(`command.${verb}`)}
            </button>
          ))}
        </div>
      ) : (
        <p class="quiet">{t('printer.no_commands')}</p>
      )}
    </section>
  );
}

function confirm(verb: Verb, status: Status): void {
  const max = LARGEST[verb];
  const heater = verb === 'bed_temperature' ? status.temperatures.bed : status.temperatures.nozzle;
  const job = status.job;
  ask({
    text: t(`confirm.${verb}`, { name: status.name }),
    button: t(`command.${verb}`),
    dangerous: verb === 'cancel' || verb === 'emergency_stop',
    ...(job && !job.stale && max === undefined ? { detail: [job.file, percent(job.progress)].filter(Boolean).join(', ') } : {}),
    ...(max === undefined ? {} : { degrees: { max, value: Math.round(heater?.target ?? 0) } }),
    confirmed: ({ degrees }) => void command(status.id, status.name, verb, max === undefined ? undefined : { target: degrees }),
  });
}
