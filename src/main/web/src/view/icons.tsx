import type { JSX } from 'preact';
import type { Look } from '../fleet/lanes';

/** Icons of 16 by 16 units, drawn with the colour of the text. They repeat a word beside them, so they are hidden from screen readers. */
const LINE = { fill: 'none', stroke: 'currentColor', 'stroke-width': 1.8, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' } as const;

const SHAPES: Record<Look, JSX.Element> = {
  printing: <path fill="currentColor" d="M4.5 2.6v10.8c0 .5.6.8 1 .5l8-5.4a.6.6 0 0 0 0-1l-8-5.4a.6.6 0 0 0-1 .5z" />,
  preparing: <path {...LINE} d="M8 2.4A5.6 5.6 0 1 1 2.4 8" />,
  busy: <circle {...LINE} cx="8" cy="8" r="5.4" stroke-dasharray="3 2.6" />,
  paused: <path fill="currentColor" d="M4 3h3v10H4zM9 3h3v10H9z" />,
  attention: (
    <path
      {...LINE}
      stroke-width={1.5}
      d="M5.2 8.2V3.9a1 1 0 0 1 2 0v3.3M7.2 7V2.8a1 1 0 0 1 2 0V7M9.2 7.1V3.6a1 1 0 0 1 2 0v4.6M11.2 6.4a.95.95 0 0 1 1.9 0v3.4c0 2.6-1.6 4.4-4.2 4.4-2 0-3-.8-3.9-2.4L3.2 9.3c-.5-.9.7-1.7 1.4-.9l.9 1"
    />
  ),
  error: (
    <>
      <path {...LINE} d="M5.5 1.9h5l3.6 3.6v5l-3.6 3.6h-5L1.9 10.5v-5z" />
      <path {...LINE} d="M8 5v3.6M8 11v.1" />
    </>
  ),
  clear: <path {...LINE} d="M1.8 13.4h12.4M4 7.2l2.8 2.8L12.4 4" />,
  cooling: <path {...LINE} d="M1.8 13.4h12.4M5 10.2c-1.4-1.5 1.4-2.6 0-4.1s.6-2.4.6-2.4M9.6 10.2c-1.4-1.5 1.4-2.6 0-4.1s.6-2.4.6-2.4" />,
  finished: <path {...LINE} d="M3 8.6l3.2 3.2L13 4.6" />,
  cancelled: <path {...LINE} d="M4 4l8 8M12 4l-8 8" />,
  idle: <circle fill="currentColor" cx="8" cy="8" r="3" />,
  maintenance: <path {...LINE} d="M13.4 4.6a3.4 3.4 0 0 1-4.5 4.2l-4.6 4.6a1.2 1.2 0 0 1-1.7-1.7l4.6-4.6a3.4 3.4 0 0 1 4.2-4.5L9.5 4.5l.3 1.7 1.7.3z" />,
  offline: <path {...LINE} d="M5.6 2v3M10.4 2v3M3.6 5h8.8v2.4a4.4 4.4 0 0 1-8.8 0zM8 11.8V14" />,
  unknown: <path {...LINE} d="M5.6 5.6A2.4 2.4 0 1 1 8 8.2v1.3M8 12.6v.1" />,
};

export function LookIcon({ look }: { look: Look }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[look]}
    </svg>
  );
}

const SIGNS = {
  bell: 'M3.6 11.4h8.8c-1-1-1.2-2-1.2-4a3.2 3.2 0 0 0-6.4 0c0 2-.2 3-1.2 4zM6.8 13.6a1.3 1.3 0 0 0 2.4 0',
  past: 'M2.6 8A5.4 5.4 0 1 0 4.4 4M2.5 2.6v2.9h2.9M8 5.2V8l2 1.6',
  plus: 'M8 3v10M3 8h10',
  sliders: 'M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M10 3v3M6 10v3',
  search: 'M7 2.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8zM10.4 10.4l3.2 3.2',
  close: 'M4 4l8 8M12 4l-8 8',
  tick: 'M3 8.6l3.2 3.2L13 4.6',
  dash: 'M4.5 8h7',
  chevron: 'M5 6.5L8 9.5l3-3',
  cube: 'M8 1.8l5.4 3v6.4L8 14.2l-5.4-3V4.8zM2.6 4.8L8 7.8l5.4-3M8 7.8v6.4',
  camera: 'M2.2 4.8h2.6L6 3h4l1.2 1.8h2.6v8H2.2zM8 6.4a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z',
  open: 'M9.5 2.5h4v4M13.2 2.8L8 8M6.5 3.5h-3a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1v-3',
} as const;
export type SignName = keyof typeof SIGNS;

export function Sign({ name }: { name: SignName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path {...LINE} d={SIGNS[name]} />
    </svg>
  );
}
