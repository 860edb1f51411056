import type { Filament, Heater, Problem, Status } from '../api/types';
import { number, t, word } from '../text/language';
import { LookIcon } from './icons';
import { Dot } from './parts';
import { TemperaturePlot } from './temperatures';

/** Temperatures as they are now, and of the last three hours. */
export function Temperatures({ status }: { status: Status }) {
  const { nozzles, bed, chamber } = status.temperatures;
  const rows: [string, Heater][] = nozzles.map((nozzle, i) => [
    nozzles.length === 1 ? t('heater.nozzle') : t('heater.nozzle_n', { n: i + 1 }),
    nozzle,
  ]);
  if (bed) rows.push([t('heater.bed'), bed]);
  if (chamber) rows.push([t('heater.chamber'), chamber]);
  return (
    <section>
      <h3 id="temperatures">{t('printer.temperatures')}</h3>
      {rows.length === 0 ? (
        <p class="quiet">{t('printer.no_temperatures')}</p>
      ) : (
        <table class="small" aria-labelledby="temperatures">
          <thead>
            <tr>
              <td />
              <th scope="col" class="number">{t('printer.now')}</th>
              <th scope="col" class="number">{t('printer.target')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, heater]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="number">{heater.actual === null ? '–' : `${number(heater.actual, 1)} °C`}</td>
                <td class="number">{target(heater.target)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!status.site && <TemperaturePlot id={status.id} />}
    </section>
  );
}

function target(value: number | null): string {
  return value === null ? '–' : value === 0 ? t('printer.off') : `${number(value, 1)} °C`;
}

/** Faults that the printer names, with their codes. */
export function Problems({ problems }: { problems: Problem[] }) {
  return (
    <section>
      <h3>{t('printer.problems')}</h3>
      <ul class="problems">
        {problems.map((problem, i) => (
          <li key={i} class={problem.severity}>
            <LookIcon look={problem.severity === 'info' ? 'idle' : problem.severity === 'error' ? 'error' : 'attention'} />
            <span>
              {problem.message ?? problem.code}
              {problem.message !== null && problem.code !== null && <code>{problem.code}</code>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is loaded. The name of the material stands beside its colour. */
export function Filaments({ filaments }: { filaments: Filament[] }) {
  return (
    <section>
      <h3>{t('printer.filaments')}</h3>
      <ul class="filaments">
        {filaments.map(filament => (
          <li key={filament.slot}>
            <Dot filament={filament} />
            <span>{filament.name ?? filament.type ?? word('plate', 'unknown')}</span>
            <span class="quiet">
              {t('printer.slot', { slot: filament.slot })}
              {filament.remaining !== null && `, ${number(filament.remaining)} %`}
              {filament.active && `, ${t('printer.loaded')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
