import { useEffect, useState } from 'preact/hooks';
import { explain } from '../actions';
import { ApiError } from '../api/http';
import type { Status } from '../api/types';
import { cameraOf, takePicture, type Shot } from '../cameras';
import { withoutCamera } from '../preferences';
import { t } from '../text/language';
import { Sign } from './icons';
import { moment } from './parts';
import { hasCamera, useVisible } from './picture';

/** The camera on a large card, unless it is known to have none. A card does not change its height when that turns out. */
export function CardCamera({ status }: { status: Status }) {
  const [hasNone] = useState(() => withoutCamera.peek().includes(status.id));
  return hasNone || !hasCamera(status) ? null : <Sight status={status} />;
}

function Sight({ status }: { status: Status }) {
  const [box, isVisible] = useVisible();
  const camera = cameraOf(status.id);
  const shot = camera.shot.value;
  useEffect(() => {
    camera.isVisible = isVisible;
    return () => void (camera.isVisible = false);
  }, [camera, isVisible]);
  return (
    <div class="camera" ref={box}>
      {shot.url === '' ? <Sign name="camera" /> : <Picture shot={shot} name={status.name} />}
      <p class="quiet">{shot.failure === null ? shot.taken && moment(shot.taken) : reason(shot.failure)}</p>
    </div>
  );
}

function Picture({ shot, name }: { shot: Shot; name: string }) {
  return <img class="snapshot" src={shot.url} alt={t('printer.camera_at', { name, clock: moment(shot.taken) })} />;
}

/** A picture of the camera, taken on request: cameras serve few clients. */
export function Camera({ status }: { status: Status }) {
  const [running, setRunning] = useState(false);
  const shot = cameraOf(status.id).shot.value;
  if (!hasCamera(status)) {
    return null;
  }
  const take = async () => {
    setRunning(true);
    await takePicture(status.id);
    setRunning(false);
  };
  return (
    <section>
      <h3>{t('printer.camera')}</h3>
      {shot.url !== '' && <Picture shot={shot} name={status.name} />}
      <div aria-live="polite">
        {shot.failure !== null && !running && <p class="wrong">{reason(shot.failure)}</p>}
        {shot.taken !== '' && <p class="quiet">{moment(shot.taken)}</p>}
      </div>
      <button type="button" class="button" aria-busy={running} disabled={running} onClick={() => void take()}>
        {t('printer.snapshot')}
      </button>
    </section>
  );
}

function reason(error: unknown): string {
  if (error instanceof ApiError && error.problem.code === 'no_picture') {
    return t('printer.no_camera');
  }
  return error instanceof ApiError && error.problem.detail && error.problem.code !== 'forbidden'
    ? t('printer.no_snapshot', { detail: error.problem.detail })
    : explain(error);
}
