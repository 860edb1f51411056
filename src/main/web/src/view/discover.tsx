import { useState } from 'preact/hooks';
import { post } from '../api/http';
import type { Discovery, FoundPrinter } from '../api/types';
import { explain } from '../actions';
import { printerLink } from '../route';
import { t } from '../text/language';

/** Looks for printers in the network of the bridge, or in a given one, when it is asked to. */
export function Discover({ choose }: { choose: (found: FoundPrinter) => void }) {
  const [network, setNetwork] = useState('');
  const [report, setReport] = useState<Discovery | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const search = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    setReport(null);
    try {
      setReport(await post<Discovery>('api/discovery', network.trim() === '' ? {} : { network: network.trim() }));
    } catch (error) {
      setFailure(explain(error));
    }
    setBusy(false);
  };
  return (
    <details class="box">
      <summary>{t('discover.title')}</summary>
      <form onSubmit={search}>
        <label class="field">
          <span>{t('discover.network')}</span>
          <input
            autoComplete="off"
            spellcheck={false}
            value={network}
            placeholder="192.168.1.0/24"
            onInput={event => setNetwork(event.currentTarget.value)}
          />
          <small>{t('discover.hint')}</small>
        </label>
        <div class="buttons">
          <button type="submit" class="button" disabled={busy} aria-busy={busy}>
            {t('discover.search')}
          </button>
        </div>
      </form>
      <div aria-live="polite">
        {busy && <p class="quiet working">{t('discover.searching')}</p>}
        {failure && <p class="wrong">{failure}</p>}
        {report && (
          <>
            <p>{t('discover.found', { count: report.printers.length, addresses: report.addresses })}</p>
            {!report.complete && <p class="wrong">{t('discover.incomplete')}</p>}
            <ul>
              {report.printers.map(found => (
                <li key={found.address}>
                  {found.evidence} <code>{found.address}</code>{' '}
                  {found.registered === null ? (
                    <button type="button" class="button" onClick={() => choose(found)}>
                      {t('discover.choose')}
                    </button>
                  ) : (
                    <a href={printerLink(found.registered)}>{t('discover.registered', { id: found.registered })}</a>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </details>
  );
}
