import { useEffect } from 'preact/hooks';
import { useComputed } from '@preact/signals';
import { notice } from '../actions';
import { entryOf, lastEvent, nextFinish } from '../fleet/store';
import { heardAt, outage, reconnect } from '../live';
import { route } from '../route';
import { t, word } from '../text/language';
import { en } from '../text/en';
import { AlertsScreen } from './alerts';
import { ConfirmDialog } from './confirm';
import { FleetScreen } from './fleet';
import { Header } from './header';
import { lazy } from './lazy';
import { followKeys } from './keyboard';
import { moment } from './parts';
import { SignIn } from './signin';

export const loadScreens = () => import('./screens');
const AddScreen = lazy(() => loadScreens().then(screens => screens.AddScreen));
const EditScreen = lazy(() => loadScreens().then(screens => screens.EditScreen));
const HistoryScreen = lazy(() => loadScreens().then(screens => screens.HistoryScreen));
const ImportScreen = lazy(() => loadScreens().then(screens => screens.ImportScreen));
const PrinterSheet = lazy(() => loadScreens().then(screens => screens.PrinterSheet));
const SettingsScreen = lazy(() => loadScreens().then(screens => screens.SettingsScreen));

export function App() {
  useEffect(() => {
    addEventListener('keydown', followKeys);
    return () => removeEventListener('keydown', followKeys);
  }, []);
  useTitle();
  if (outage.value === 'denied') {
    return <SignIn done={reconnect} />;
  }
  const shown = route.value;
  return (
    <div class={outage.value === 'lost' ? 'app stale' : 'app'}>
      <a class="skip" href="#main" onClick={skip}>
        {t('nav.skip')}
      </a>
      <Header />
      <Outage />
      <main id="main" tabIndex={-1}>
        {shown.screen === 'fleet' && <FleetScreen />}
        {shown.screen === 'alerts' && <AlertsScreen />}
        {shown.screen === 'history' && <HistoryScreen />}
        {shown.screen === 'settings' && <SettingsScreen />}
        {shown.screen === 'add' && <AddScreen />}
        {shown.screen === 'edit' && <EditScreen key={shown.printer} id={shown.printer} />}
        {shown.screen === 'import' && <ImportScreen />}
      </main>
      {shown.screen === 'fleet' && shown.printer !== null && <PrinterSheet key={shown.printer} id={shown.printer} />}
      <ConfirmDialog />
      <Notice />
      <Announcer />
    </div>
  );
}

/** The fragment is a screen, so the link must not change it. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Outage() {
  const why = outage.value;
  if (why === null || (why === 'connecting' && heardAt.value === null)) {
    return null;
  }
  const text =
    why === 'lost'
      ? heardAt.value === null
        ? t('outage.lost_first')
        : t('outage.lost', { clock: moment(heardAt.value.toISOString()) })
      : t(why === 'starting' ? 'outage.starting' : 'outage.connecting');
  return (
    <p class={`outage ${why}`} role="alert">
      {text}
    </p>
  );
}

function Notice() {
  const shown = notice.value;
  return (
    <div class="notices" role="status" aria-live="polite">
      {shown && <p class={`notice ${shown.kind}`}>{shown.text}</p>}
    </div>
  );
}

/** Says events to screen readers. */
function Announcer() {
  const event = lastEvent.value;
  const key = event && `event.${event.event_type}`;
  const name = event && (entryOf(event.printer)?.status.peek().name ?? event.printer);
  return (
    <p class="unseen" aria-live="polite">
      {key && Object.hasOwn(en, key) && name ? word('event', event.event_type).replace('{name}', name) : ''}
    </p>
  );
}

/** A hidden tab is not updated, so its title says when something ends and not how long it takes. */
function useTitle(): void {
  const title = useComputed(() => {
    const shown = route.value;
    const own = shown.screen === 'fleet' && shown.printer !== null ? entryOf(shown.printer) : undefined;
    const entry = own ?? nextFinish.value;
    const status = entry?.status.value;
    const end = status?.job?.finish_at && !status.job.stale ? `${moment(status.job.finish_at)} ` : '';
    return own ? `${end}${own.status.value.name} · printer2mqtt` : `${end}printer2mqtt`;
  });
  const text = title.value;
  useEffect(() => {
    document.title = text;
  }, [text]);
}
