import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../api/http';
import { explain } from '../actions';
import type { Curve, TemperatureHistory } from '../api/types';
import { apart, axesOf, heatersOf, lineOf, nearest, x, y, type Frame, type HeaterName } from '../fleet/curves';
import { locale, number, t } from '../text/language';
import { Sign } from './icons';

const HEIGHT = 190;
const LINE = 13;

/** The temperatures of the last three hours, as a plot and as a table. The bridge takes a sample a minute. */
export function TemperaturePlot({ id }: { id: string }) {
  const [history, setHistory] = useState<TemperatureHistory | null>(null);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    const load = () =>
      get<TemperatureHistory>(`api/printers/${id}/temperatures`).then(
        loaded => (setHistory(loaded), setFailure('')),
        error => setFailure(explain(error)),
      );
    void load();
    const timer = setInterval(() => document.hidden || void load(), 60_000);
    return () => clearInterval(timer);
  }, [id]);
  if (failure) {
    return <p class="quiet">{failure}</p>;
  }
  if (history === null || heatersOf(history).length === 0) {
    return <p class="quiet plot-none">{history && t('plot.none')}</p>;
  }
  return (
    <>
      <Plot history={history} />
      <details class="fold-in">
        <summary>
          <Sign name="chevron" />
          {t('plot.table')}
        </summary>
        <SampleTable history={history} />
      </details>
    </>
  );
}

function Plot({ history }: { history: TemperatureHistory }) {
  const figure = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(400);
  const [chosen, setChosen] = useState<number | null>(null);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(240, entry!.contentRect.width)));
    observer.observe(figure.current!);
    return () => observer.disconnect();
  }, []);
  const heaters = heatersOf(history);
  const labelWidth = 10 + 7.4 * Math.max(...heaters.map(heater => t(`heater.${heater}`).length));
  const frame: Frame = { left: 32, top: 8, right: width - labelWidth, bottom: HEIGHT - 22 };
  const axes = axesOf(history, frame);
  const last = (heater: HeaterName) => history[heater].actual.filter(value => value !== null).at(-1) ?? 0;
  const labels = apart(heaters.map(heater => y(last(heater), axes, frame) + 4), LINE, frame.bottom);
  const shown = chosen !== null && chosen < history.at.length ? chosen : null;
  const point = (event: PointerEvent & { currentTarget: SVGSVGElement }) =>
    setChosen(nearest(event.clientX - event.currentTarget.getBoundingClientRect().left, history, axes, frame));
  return (
    <figure class="plot" ref={figure}>
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={t('plot.label', { from: clockOf(history.at[0]!), to: clockOf(history.at.at(-1)!) })}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setChosen(null)}
      >
        {axes.degrees.map(degrees => (
          <g key={degrees}>
            <line class="grid" x1={frame.left} x2={frame.right} y1={y(degrees, axes, frame)} y2={y(degrees, axes, frame)} />
            <text x={frame.left - 6} y={y(degrees, axes, frame) + 4} text-anchor="end">
              {number(degrees)}
            </text>
          </g>
        ))}
        {axes.times.map(time => (
          <text key={time} x={x(time, axes, frame)} y={HEIGHT - 5} text-anchor="middle">
            {clockOf(time)}
          </text>
        ))}
        {heaters.map((heater, i) => (
          <g key={heater} class={`curve ${heater}`}>
            <path class="target" d={lineOf(history[heater].target, history, axes, frame)} />
            <path d={lineOf(history[heater].actual, history, axes, frame)} />
            <text x={frame.right + 6} y={labels[i]}>
              {t(`heater.${heater}`)}
            </text>
          </g>
        ))}
        {shown !== null && (
          <line class="cursor" x1={x(Date.parse(history.at[shown]!), axes, frame)} x2={x(Date.parse(history.at[shown]!), axes, frame)} y1={frame.top} y2={frame.bottom} />
        )}
      </svg>
      <figcaption class="quiet">
        {shown === null
          ? t('plot.hint')
          : [clockOf(history.at[shown]!), ...heaters.map(heater => `${t(`heater.${heater}`)} ${sample(history[heater], shown)}`)].join(', ')}
      </figcaption>
    </figure>
  );
}

function SampleTable({ history }: { history: TemperatureHistory }) {
  const heaters = heatersOf(history);
  return (
    <div class="samples" tabIndex={0} role="region" aria-label={t('printer.temperatures')}>
      <table class="small">
        <thead>
          <tr>
            <th scope="col">{t('printer.poll_time')}</th>
            {heaters.map(heater => (
              <th key={heater} scope="col" class="number">
                {t(`heater.${heater}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history.at
            .map((at, i) => (
              <tr key={at}>
                <td>{clockOf(at)}</td>
                {heaters.map(heater => (
                  <td key={heater} class="number">
                    {sample(history[heater], i)}
                  </td>
                ))}
              </tr>
            ))
            .reverse()}
        </tbody>
      </table>
    </div>
  );
}

/** Temperature and target, such as `214.8 / 215 °C`; a heater that is off has no target. */
function sample({ actual, target }: Curve, i: number): string {
  const now = actual[i] ?? null;
  const wanted = target[i] ?? null;
  return now === null ? '–' : `${number(now, 1)}${wanted ? ` / ${number(wanted)}` : ''} °C`;
}

function clockOf(time: string | number): string {
  return new Intl.DateTimeFormat(locale.value, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(time));
}
