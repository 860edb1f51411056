import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Filament, Job, Stage, Status } from '../api/types';
import { command } from '../actions';
import { isOccupied, lookOf, plateWaits, type Look } from '../fleet/lanes';
import { isUnheard } from '../fleet/site';
import { minute, second } from '../live';
import { mayCommand } from '../session';
import { locale, number, t, word } from '../text/language';
import { age, clock, duration, secondsBetween } from '../text/time';
import { LookIcon, Sign } from './icons';

export function StateWord({ look }: { look: Look }) {
  return (
    <span class="state">
      <LookIcon look={look} />
      {t(`look.${look}`)}
    </span>
  );
}

/** A moment in the zone of the viewer. */
export function moment(time: string): string {
  return clock(new Date(time), minute.value, locale.value);
}

/** When the print ends: `14:35, in 1 h 20 min`. */
export function Finish({ job, state }: { job: Job; state: string }) {
  if (job.stale) {
    return null;
  }
  if (job.finish_at === null) {
    return job.remaining === null || state === 'finished' ? null : <>{t('card.left', { time: duration(job.remaining) })}</>;
  }
  const left = secondsBetween(minute.value, new Date(job.finish_at));
  return (
    <>{left <= 0 ? t('card.due') : t('card.in', { clock: moment(job.finish_at), time: duration(left) })}</>
  );
}

/** How old the last answer is; only for printers that are late, and for those whose site cannot be reached. */
export function Late({ status }: { status: Status }) {
  const at = status.poll.observed_at;
  const isLost = isUnheard(status);
  if (at === null || !(isLost || (status.online && status.poll.failures > 0))) {
    return null;
  }
  return (
    <span class="late">
      {isLost && `${reasonOf(status)} `}
      {t('card.late', { age: age(secondsBetween(new Date(at), second.value)) })}
    </span>
  );
}

/** Why a printer is offline, as a sentence. */
export function reasonOf(status: Status): string {
  return word('reason', status.poll.reason ?? 'none');
}

/** The bar of a print. A new print gets a new bar, so that the end of the one before never shows. */
export function Bar({ job, label }: { job: Job; label: string }) {
  const progress = job.progress ?? 0;
  return (
    <span
      key={`${job.id}/${job.file}`}
      class="bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(job.progress === null ? {} : { 'aria-valuenow': Math.round(progress) })}
    >
      <span style={{ width: `${progress}%` }} />
    </span>
  );
}

export function percent(progress: number | null): string {
  return progress === null ? '' : `${number(Math.floor(progress))} %`;
}

export function degrees(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${number(Math.round(value))}°`;
}

/** The one thing that a person does next with this printer; nothing if there is none. */
export function NextStep({ status }: { status: Status }) {
  const verb = plateWaits(status) && isOccupied(status)
    ? 'clear_plate'
    : status.state === 'paused' && status.capabilities.includes('resume')
      ? 'resume'
      : null;
  if (verb === null || !mayCommand.value || isUnheard(status)) {
    return null;
  }
  const label = verb === 'resume' ? t('card.resume_of', { name: status.name }) : t('card.clear_of', { name: status.name });
  return (
    <Action label={label} run={() => command(status.id, status.name, verb)}>
      {verb === 'resume' ? t('card.resume') : t('card.clear')}
    </Action>
  );
}

/** A button that is busy while its action runs. */
export function Action(props: { run: () => Promise<unknown>; children: ComponentChildren; label?: string; kind?: string }) {
  const [busy, setBusy] = useState(false);
  const mounted = useRef(true);
  useEffect(() => () => void (mounted.current = false), []);
  const run = async () => {
    if (busy) {
      return;
    }
    setBusy(true);
    await props.run();
    if (mounted.current) {
      setBusy(false);
    }
  };
  return (
    <button type="button" class={`button ${props.kind ?? ''}`} aria-label={props.label} aria-busy={busy} onClick={() => void run()}>
      {props.children}
    </button>
  );
}

export function Fact({ name, value }: { name: string; value: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

export function Dot({ filament }: { filament: Filament }) {
  const isColor = filament.color !== null && /^#[0-9a-fA-F]{6}$/.test(filament.color);
  return <span class="dot" title={filament.type ?? ''} style={isColor ? { backgroundColor: filament.color! } : {}} />;
}

/** The stages of a diagnosis or a probe. */
export function Stages({ stages }: { stages: Stage[] }) {
  return (
    <ol class="stages">
      {stages.map(stage => (
        <li key={stage.stage} class={stage.ok === null ? 'skipped' : stage.ok ? 'passed' : 'failed'}>
          <Sign name={stage.ok === null ? 'dash' : stage.ok ? 'tick' : 'close'} />
          <span class="stage">
            {word('stage', stage.stage)}
            <span class="unseen">, {stage.ok === null ? t('stage.skipped') : stage.ok ? t('stage.passed') : t('stage.failed')}</span>
          </span>
          <span class="found">{stage.found}</span>
          {stage.advice !== null && <p class="advice">{stage.advice}</p>}
        </li>
      ))}
    </ol>
  );
}

export { lookOf };
