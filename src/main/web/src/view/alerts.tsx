import type { Alert } from '../api/types';
import { acknowledge } from '../actions';
import { alerts, entryOf } from '../fleet/store';
import { keyOf, printerOf } from '../fleet/pending';
import { printerLink } from '../route';
import { mayCommand } from '../session';
import { t, word } from '../text/language';
import { LookIcon } from './icons';
import { Action, moment } from './parts';

/** All open alerts, worst first. */
export function AlertsScreen() {
  return (
    <div class="page">
      <h1>{t('alerts.title')}</h1>
      {alerts.value.length === 0 ? <p class="quiet">{t('alerts.none')}</p> : <AlertList alerts={alerts.value} named />}
    </div>
  );
}

export function AlertList({ alerts, named }: { alerts: readonly Alert[]; named?: true }) {
  return (
    <ul class="alerts">
      {alerts.map(alert => (
        <AlertRow key={keyOf(alert)} alert={alert} named={named === true} />
      ))}
    </ul>
  );
}

function AlertRow({ alert, named }: { alert: Alert; named: boolean }) {
  const printer = printerOf(alert);
  const name = entryOf(printer)?.status.value.name ?? printer;
  const title = word('alert', alert.code);
  return (
    <li class={`alert ${alert.severity}`}>
      <LookIcon look={alert.severity === 'info' ? 'clear' : alert.severity === 'critical' ? 'error' : 'attention'} />
      <div>
        <p>
          {named && (
            <>
              <a class="name" href={printerLink(printer)}>
                {name}
              </a>{' '}
            </>
          )}
          <b>{title}</b> <span class="quiet">{word('severity', alert.severity)}</span>
        </p>
        <p>{alert.message}</p>
        <p class="quiet">{t('card.since', { clock: moment(alert.since) })}</p>
      </div>
      {mayCommand.value && (
        <Action label={t('alerts.acknowledge_of', { alert: title, name })} run={() => acknowledge(alert)}>
          {t('alerts.acknowledge')}
        </Action>
      )}
    </li>
  );
}
