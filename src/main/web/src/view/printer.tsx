import { useEffect, useRef } from 'preact/hooks';
import { alerts, entryOf, loaded } from '../fleet/store';
import { isOccupied, plateWaits } from '../fleet/lanes';
import { printerOf } from '../fleet/pending';
import type { Job, Status } from '../api/types';
import { mayCommand } from '../session';
import { number, t, word } from '../text/language';
import { duration } from '../text/time';
import { command } from '../actions';
import { AlertList } from './alerts';
import { Commands } from './commands';
import { Sign } from './icons';
import { ask } from './confirm';
import { Bar, Fact, Finish, Late, lookOf, moment, percent, reasonOf, StateWord } from './parts';
import { PastPrints } from './past';
import { Camera } from './camera';
import { hasThumbnail, Thumbnail } from './picture';
import { Filaments, Problems, Temperatures } from './readings';
import { Connection, Facts } from './connection';

/** Everything about one printer: a sheet beside the fleet, the whole page on a phone. */
export function PrinterSheet({ id }: { id: string }) {
  const sheet = useRef<HTMLElement>(null);
  const entry = entryOf(id);
  const known = entry !== undefined;
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    sheet.current?.focus();
    return () => before?.isConnected && before.focus();
  }, []);
  return (
    <aside class="sheet" ref={sheet} tabIndex={-1} aria-labelledby="printer-name">
      {known ? (
        <Printer status={entry.status.value} />
      ) : (
        <div class="sheet-head">
          <h2 id="printer-name">{id}</h2>
          <Close />
          {loaded.value && <p class="quiet">{t('printer.gone')}</p>}
        </div>
      )}
    </aside>
  );
}

function Close() {
  return (
    <a class="button close" href="#/" aria-label={t('printer.close')}>
      <Sign name="close" />
    </a>
  );
}

function Printer({ status }: { status: Status }) {
  const look = lookOf(status);
  const own = alerts.value.filter(alert => printerOf(alert) === status.id);
  return (
    <>
      <div class={`sheet-head look-${look}`}>
        <h2 id="printer-name">{status.name}</h2>
        <Close />
        <StateWord look={look} />
        {status.maintenance && (
          <p>
            {status.maintenance.note}{' '}
            <span class="quiet">{t('printer.maintained', { clock: moment(status.maintenance.since) })}</span>
          </p>
        )}
        {status.state === 'offline' && <p>{reasonOf(status)}</p>}
        {status.message !== null && <p class="message">{status.message}</p>}
        <Late status={status} />
      </div>
      {own.length > 0 && (
        <section>
          <h3>{t('printer.alerts')}</h3>
          <AlertList alerts={own} />
        </section>
      )}
      {(status.problems?.length ?? 0) > 0 && <Problems problems={status.problems!} />}
      {status.job && !plateWaits(status) && <CurrentJob job={status.job} status={status} />}
      <Plate status={status} />
      <Camera key={status.id} status={status} />
      <Temperatures status={status} />
      {(status.filaments?.length ?? 0) > 0 && <Filaments filaments={status.filaments!} />}
      <LastJob status={status} />
      <Commands status={status} />
      {!status.site && <Connection id={status.id} />}
      <Facts status={status} />
    </>
  );
}

function CurrentJob({ job, status }: { job: Job; status: Status }) {
  return (
    <section>
      <h3>{t('printer.job')}</h3>
      {hasThumbnail(status) && <Thumbnail job={job} status={status} />}
      <p class="file whole">{job.file}</p>
      <div class="progress big">
        <Bar job={job} label={t('column.progress')} />
        <span class="percent">{percent(job.progress)}</span>
      </div>
      {job.stale && <p class="quiet">{t('printer.stale')}</p>}
      <dl class="facts">
        {job.finish_at !== null && !job.stale && (
          <Fact name={t('printer.finish')} value={<Finish job={job} state={status.state} />} />
        )}
        {job.remaining !== null && job.finish_at === null && <Fact name={t('printer.remaining')} value={duration(job.remaining)} />}
        {job.elapsed !== null && <Fact name={t('printer.elapsed')} value={duration(job.elapsed)} />}
        {job.layer !== null && (
          <Fact
            name={t('printer.layer')}
            value={
              job.layers === null
                ? number(job.layer)
                : t('printer.layer_of', { layer: number(job.layer), layers: number(job.layers) })
            }
          />
        )}
        {status.speed !== null && <Fact name={t('printer.speed')} value={`${number(status.speed)} %`} />}
        {status.fan !== null && <Fact name={t('printer.fan')} value={`${number(status.fan)} %`} />}
      </dl>
    </section>
  );
}

function LastJob({ status }: { status: Status }) {
  const last = status.last_job;
  return (
    <section>
      <h3>{t('printer.last_job')}</h3>
      {last === null ? (
        <p class="quiet">{t('printer.no_last_job')}</p>
      ) : (
        <p>
          <span class="file whole">{last.file}</span>
          <span class="quiet">
            {word('printer.result', last.result)}
            {last.ended_at !== null && `, ${moment(last.ended_at)}`}
          </span>
        </p>
      )}
      {!status.site && <PastPrints id={status.id} />}
    </section>
  );
}

function Plate({ status }: { status: Status }) {
  const plate = status.plate;
  const clear = () =>
    ask({
      text: t('confirm.clear_plate', { name: status.name }),
      button: t('command.clear_plate'),
      dangerous: false,
      confirmed: () => void command(status.id, status.name, 'clear_plate'),
    });
  return (
    <section>
      <h3>{t('printer.plate')}</h3>
      <div class="plate">
        <p>
          {word('plate', plate?.state ?? 'unknown')}{' '}
          {plate && <span class="quiet">{t('card.since', { clock: moment(plate.since) })}</span>}
        </p>
        {isOccupied(status) && mayCommand.value && (
          <button type="button" class="button" onClick={clear}>
            {t('command.clear_plate')}
          </button>
        )}
      </div>
    </section>
  );
}
