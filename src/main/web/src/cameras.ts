import { effect, signal, type Signal } from '@preact/signals';
import { ApiError } from './api/http';
import { loadPicture } from './api/pictures';
import { outage, second } from './live';
import { withoutCamera } from './preferences';

/** A tab asks each camera that it shows this often, and one of them a second. */
const INTERVAL = 30_000;
/** Cameras may take seconds, and thumbnails must not wait for them. */
const MAX_RUNNING = 2;
/** Pictures that are kept, also while they are out of sight. */
const MAX_KEPT = 64;

/** What a camera saw last. */
export interface Shot {
  /** Empty before the first picture. */
  url: string;
  taken: string;
  /** Why the newest request brought no picture; null if it did. */
  failure: unknown;
}

export interface Camera {
  shot: Signal<Shot>;
  /** On a large card. */
  isVisible: boolean;
  due: number;
}

const NOTHING: Shot = { url: '', taken: '', failure: null };

/** The camera that was asked longest ago first. */
const cameras = new Map<string, Camera>();
let running = 0;

/** The camera of a printer, as long as the page is open. */
export function cameraOf(printer: string): Camera {
  const camera = cameras.get(printer) ?? { shot: signal(NOTHING), isVisible: false, due: 0 };
  cameras.set(printer, camera);
  return camera;
}

// Seconds pass only while the tab is visible.
effect(() => {
  void second.value;
  if (running < MAX_RUNNING && outage.peek() === null) {
    const now = Date.now();
    const next = [...cameras].find(([, camera]) => camera.isVisible && camera.due <= now);
    if (next) {
      void takePicture(next[0]);
    }
  }
});

/** Asks a camera; what comes of it stands in its shot. */
export async function takePicture(printer: string): Promise<void> {
  const { shot } = cameraOf(printer);
  const camera = cameras.get(printer)!;
  cameras.delete(printer);
  cameras.set(printer, camera);
  camera.due = Date.now() + INTERVAL;
  running++;
  let hasNone = false;
  try {
    const url = await loadPicture(`api/printers/${printer}/snapshot`);
    URL.revokeObjectURL(shot.peek().url);
    shot.value = { url, taken: new Date().toISOString(), failure: null };
    dropOldest();
  } catch (failure) {
    shot.value = { ...shot.peek(), failure };
    hasNone = failure instanceof ApiError && failure.problem.code === 'no_picture';
  }
  running--;
  if (hasNone) {
    camera.due = Infinity;
  }
  if (hasNone !== withoutCamera.peek().includes(printer)) {
    const others = withoutCamera.peek().filter(each => each !== printer);
    withoutCamera.value = hasNone ? [...others, printer] : others;
  }
}

function dropOldest(): void {
  const kept = [...cameras.values()].map(camera => camera.shot).filter(shot => shot.peek().url !== '');
  if (kept.length > MAX_KEPT) {
    URL.revokeObjectURL(kept[0]!.peek().url);
    kept[0]!.value = NOTHING;
  }
}
