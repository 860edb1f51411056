import type { Heater, Status } from '../api/types';
import { command } from '../actions';
import { isUnheard } from '../fleet/site';
import { mayCommand } from '../session';
import type { Key } from '../text/en';
import { t } from '../text/language';
import { ask } from './confirm';
import { percent } from './parts';

type Verb = 'pause' | 'resume' | 'cancel' | 'home' | 'nozzle_temperature' | 'bed_temperature' | 'light' | 'speed' | 'emergency_stop';

/** The commands in which this page offers them, and whether the state allows them, as the bridge decides it. */
const COMMANDS: Record<Verb, (status: Status) => boolean> = {
  pause: ({ state }) => state === 'printing' || state === 'preparing',
  resume: ({ state }) => state === 'paused',
  cancel: ({ state, job }) =>
    ['printing', 'preparing', 'paused'].includes(state) || (job !== null && ['attention', 'busy'].includes(state)),
  home: ({ state }) => ['idle', 'finished', 'cancelled', 'error'].includes(state),
  nozzle_temperature: isOn,
  bed_temperature: isOn,
  light: isOn,
  speed: isOn,
  emergency_stop: isOn,
};

/** Commands with a number, as the bridge limits it. */
const NUMBERS: Partial<Record<Verb, { argument: string; unit: Key; min: number; max: number; now: (status: Status) => number }>> = {
  nozzle_temperature: degrees(350, status => status.temperatures.nozzle),
  bed_temperature: degrees(130, status => status.temperatures.bed),
  speed: { argument: 'percent', unit: 'command.percent', min: 10, max: 300, now: status => status.speed ?? 100 },
};

function degrees(max: number, heater: (status: Status) => Heater | null) {
  return { argument: 'target', unit: 'command.degrees' as const, min: 0, max, now: (status: Status) => Math.round(heater(status)?.target ?? 0) };
}

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
              disabled={isUnheard(status) || !COMMANDS[verb](status)}
              onClick={() => confirm(verb, status)}
            >
              {t(labelOf(verb, status))}
            </button>
          ))}
        </div>
      ) : (
        <p class="quiet">{t('printer.no_commands')}</p>
      )}
    </section>
  );
}

/** The light is switched the other way. */
function labelOf(verb: Verb, status: Status): Key {
  return verb === 'light' && status.light === true ? 'command.light_off' : `command.${verb}`;
}

function confirm(verb: Verb, status: Status): void {
  const number = NUMBERS[verb];
  const job = status.job;
  const send = (body?: object) => void command(status.id, status.name, verb, body, t(labelOf(verb, status)));
  if (verb === 'light') {
    send({ on: status.light !== true });
    return;
  }
  ask({
    text: t(`confirm.${verb}`, { name: status.name }),
    button: t(`command.${verb}`),
    dangerous: verb === 'cancel' || verb === 'emergency_stop',
    ...(job && !job.stale && !number ? { detail: [job.file, percent(job.progress)].filter(Boolean).join(', ') } : {}),
    ...(number ? { number: { label: t(number.unit), min: number.min, max: number.max, value: number.now(status) } } : {}),
    confirmed: answer => send(number && { [number.argument]: answer.number }),
  });
}
