import { useState } from 'preact/hooks';
import { post } from '../api/http';
import type { Discovery, FoundPrinter } from '../api/types';
import { printerLink } from '../route';
import { t } from '../text/language';
import { Field, Form, useTask } from './form';

/** Looks for printers in the network of the bridge, or in a given one, when it is asked to. */
export function Discover({ choose }: { choose: (found: FoundPrinter) => void }) {
  const [network, setNetwork] = useState('');
  const [report, setReport] = useState<Discovery | null>(null);
  const task = useTask();
  const search = async () => {
    setReport(null);
    setReport(await post<Discovery>('api/discovery', network.trim() === '' ? {} : { network: network.trim() }));
  };
  return (
    <details class="box">
      <summary>{t('discover.title')}</summary>
      <Form task={task} submit={search} button={t('discover.search')} kind="">
        <Field label={t('discover.network')} name="network" value={network} change={setNetwork} placeholder="192.168.1.0/24" hint={t('discover.hint')} />
      </Form>
      <div aria-live="polite">
        {task.busy && <p class="quiet working">{t('discover.searching')}</p>}
        {report && (
          <>
            <p>{t('discover.found', { count: report.printers.length, addresses: report.addresses })}</p>
            {!report.complete && <p class="wrong">{t('discover.incomplete')}</p>}
            {report.problems.map(problem => (
              <p key={problem} class="quiet">
                {problem}
              </p>
            ))}
            <ul>
              {report.printers.map(found => (
                <li key={found.address}>
                  {found.name ?? found.evidence} <code>{found.address}</code>{' '}
                  {found.registered === null ? (
                    <button type="button" class="button" onClick={() => choose(found)}>
                      {t('discover.choose')}
                    </button>
                  ) : (
                    <a href={printerLink(found.registered)}>{t('discover.registered', { id: found.registered })}</a>
                  )}
                  <br />
                  <small class="quiet">
                    {[found.driver, found.model, found.serial_number, found.name && found.evidence, found.sources.join(', ')].filter(Boolean).join(' · ')}
                  </small>
                  {!found.confirmed && <small class="wrong"> {t('discover.unconfirmed')}</small>}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </details>
  );
}
