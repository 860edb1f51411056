import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { loadPicture } from '../api/pictures';
import type { Job, Status } from '../api/types';
import { mayWatch } from '../session';
import { t } from '../text/language';
import { Sign } from './icons';

/** The drivers that report a thumbnail; a test compares this with them. */
const THUMBNAILS = ['creality', 'moonraker', 'octoprint', 'prusalink'];
/** The drivers that report a snapshot; a test compares this with them. */
const SNAPSHOTS = ['creality', 'moonraker', 'octoprint', 'prusalink', 'repetier', 'ultimaker'];

/** A new file may get its thumbnail some time after the start of its print. */
const RETRY = 25_000;
const RETRIES = 2;

const seen = new WeakMap<Element, (isVisible: boolean) => void>();
const observer = new IntersectionObserver(changes => changes.forEach(change => seen.get(change.target)?.(change.isIntersecting)));

/** An element, and whether it is on the screen. */
export function useVisible(): [RefObject<HTMLDivElement | null>, boolean] {
  const element = useRef<HTMLDivElement>(null);
  const [isVisible, setVisible] = useState(false);
  useEffect(() => {
    const observed = element.current!;
    seen.set(observed, setVisible);
    observer.observe(observed);
    return () => observer.unobserve(observed);
  }, []);
  return [element, isVisible];
}

export const hasThumbnail = (status: Status) => THUMBNAILS.includes(status.driver) && !status.site;

/** Whether a printer may have a camera that can be asked now, by those who may see it. */
export const hasCamera = (status: Status) => status.online && mayWatch.value && SNAPSHOTS.includes(status.driver) && !status.site;

/** The picture of the printed file, requested once a print, when it comes into sight. It takes the same place while there is none. */
export function Thumbnail({ job, status }: { job: Job; status: Status }) {
  const [box, isVisible] = useVisible();
  const [shown, setShown] = useState({ print: '', url: '' });
  // The same file may be printed again.
  const print = `${status.id} ${job.id} ${job.file} ${status.last_job?.ended_at} ${status.plate?.state}`;
  const url = shown.print === print ? shown.url : '';
  useEffect(() => () => URL.revokeObjectURL(shown.url), [shown]);
  useEffect(() => {
    if (!isVisible || url !== '') {
      return;
    }
    let timer = 0;
    let request: AbortController;
    let isOver = false;
    const load = (retries: number) => {
      request = new AbortController();
      loadPicture(`api/printers/${status.id}/thumbnail`, request).then(
        loaded => (isOver ? URL.revokeObjectURL(loaded) : setShown({ print, url: loaded })),
        () => {
          if (!isOver && retries > 0) {
            timer = setTimeout(load, RETRY, retries - 1);
          }
        },
      );
    };
    load(RETRIES);
    return () => {
      isOver = true;
      request.abort();
      clearTimeout(timer);
    };
  }, [print, isVisible]);
  return (
    <div class="thumbnail" ref={box}>
      {url === '' ? <Sign name="cube" /> : <img src={url} alt={t('card.thumbnail', { file: job.file ?? '' })} />}
    </div>
  );
}
