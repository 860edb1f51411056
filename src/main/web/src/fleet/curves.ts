import type { Curve, TemperatureHistory } from '../api/types';

export const HEATERS = ['nozzle', 'bed', 'chamber'] as const;
export type HeaterName = (typeof HEATERS)[number];

/** Where a plot draws: its outer size, with room for the labels of the axes at the left and below. */
export interface Frame {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The ranges of a plot in milliseconds since 1970 and degrees, and the values at which its axes are labelled. */
export interface Axes {
  from: number;
  to: number;
  low: number;
  high: number;
  times: number[];
  degrees: number[];
}

const MINUTE = 60_000;
const STEPS = [1, 2, 5, 10, 15, 30, 60].map(minutes => minutes * MINUTE);
/** A plot of the first minutes would show noise as mountains. */
const SHORTEST = 10 * MINUTE;
const LABEL_WIDTH = 60;

/** The heaters of which a temperature was known at any time. */
export function heatersOf(history: TemperatureHistory): HeaterName[] {
  return HEATERS.filter(heater => history[heater].actual.some(value => value !== null));
}

/** Ranges that contain all samples, of which there is at least one. */
export function axesOf(history: TemperatureHistory, frame: Frame): Axes {
  const to = Date.parse(history.at.at(-1)!);
  const from = Math.min(Date.parse(history.at[0]!), to - SHORTEST);
  const known = HEATERS.flatMap(heater => [...history[heater].actual, ...history[heater].target]).filter(value => value !== null);
  const step = Math.max(...known) > 120 ? 100 : 50;
  const high = Math.max(step, Math.ceil((Math.max(...known) + step / 10) / step) * step);
  const low = Math.min(0, Math.floor(Math.min(...known) / step) * step);
  const room = Math.max(1, Math.floor((frame.right - frame.left) / LABEL_WIDTH));
  return { from, to, low, high, times: timesBetween(from, to, room), degrees: steps(low, high, step) };
}

/** Round times of the clock on the wall. */
function timesBetween(from: number, to: number, room: number): number[] {
  const step = STEPS.find(each => (to - from) / each <= room) ?? STEPS.at(-1)!;
  const zone = new Date(to).getTimezoneOffset() * MINUTE;
  return steps(Math.ceil((from - zone) / step) * step + zone, to, step);
}

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, i) => from + i * step);
}

export function x(time: number, axes: Axes, frame: Frame): number {
  return frame.left + ((time - axes.from) / (axes.to - axes.from)) * (frame.right - frame.left);
}

export function y(degrees: number, axes: Axes, frame: Frame): number {
  return frame.bottom - ((degrees - axes.low) / (axes.high - axes.low)) * (frame.bottom - frame.top);
}

/** The path of an SVG line through the values. It is interrupted where a value is unknown or samples are missing. */
export function lineOf(values: Curve['actual'], history: TemperatureHistory, axes: Axes, frame: Frame): string {
  let path = '';
  let before: number | null = null;
  values.forEach((value, i) => {
    const time = Date.parse(history.at[i]!);
    if (value === null) {
      before = null;
      return;
    }
    const isNext: boolean = before !== null && time - before < 2.5 * history.interval * 1000;
    path += `${isNext ? 'L' : 'M'}${x(time, axes, frame).toFixed(1)} ${y(value, axes, frame).toFixed(1)}`;
    before = time;
  });
  return path;
}

/** The index of the sample nearest to a place in the plot. */
export function nearest(place: number, history: TemperatureHistory, axes: Axes, frame: Frame): number {
  const distance = (i: number) => Math.abs(x(Date.parse(history.at[i]!), axes, frame) - place);
  return history.at.reduce((best, _, i) => (distance(i) < distance(best) ? i : best), 0);
}

/** Heights at which labels of given heights stand without covering each other, in the same order. */
export function apart(heights: number[], distance: number, bottom: number): number[] {
  const order = heights.map((_, i) => i).sort((one, other) => heights[other]! - heights[one]!);
  const placed = [...heights];
  let limit = bottom;
  for (const i of order) {
    placed[i] = Math.min(heights[i]!, limit);
    limit = placed[i]! - distance;
  }
  return placed;
}
