import { useState } from 'preact/hooks';
import { ApiError, post } from '../api/http';
import type { Probe, Registration } from '../api/types';
import { explain, tell } from '../actions';
import { choices } from '../fleet/store';
import { printerLink } from '../route';
import { t, word } from '../text/language';
import { credentialFields, credentialHint, credentialLabel, type Credentials } from './credentials';
import { Discover } from './discover';
import { Stages } from './parts';

/** Adds a printer: its address, what answers there, the missing key, then a name. */
export function AddScreen() {
  const [address, setAddress] = useState('');
  const [driver, setDriver] = useState('auto');
  const [credentials, setCredentials] = useState<Credentials>({});
  const [fingerprint, setFingerprint] = useState<string | null>(null);
  const [probe, setProbe] = useState<Probe | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');

  const access = (trusted: string | null) => ({
    ...(Object.values(credentials).some(Boolean) ? { credentials } : {}),
    ...(trusted === null ? {} : { tls: { fingerprint: trusted } }),
  });
  const check = async (trusted: string | null) => {
    setBusy(true);
    setFailure('');
    setFingerprint(trusted);
    try {
      setProbe(await post<Probe>('api/printers/probe', { address: address.trim(), driver: probe?.driver ?? driver, ...access(trusted) }));
    } catch (error) {
      setProbe(null);
      setFailure(explain(error));
    }
    setBusy(false);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void check(fingerprint);
  };
  const forget = () => {
    setProbe(null);
    setCredentials({});
    setFingerprint(null);
  };
  const failed = probe?.stages.find(stage => stage.ok === false)?.stage;
  return (
    <div class="page">
      <h1>{t('add.title')}</h1>
      <form onSubmit={submit}>
        <label class="field">
          <span>{t('add.address')}</span>
          <input
            required
            autofocus
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
            value={address}
            aria-describedby="address-hint"
            onInput={event => {
              setAddress(event.currentTarget.value);
              forget();
            }}
          />
          <small id="address-hint">{t('add.address_hint')}</small>
        </label>
        <label class="field">
          <span>{t('add.driver')}</span>
          <select
            value={driver}
            onChange={event => {
              setDriver(event.currentTarget.value);
              forget();
            }}
          >
            <option value="auto">{t('add.driver_auto')}</option>
            {Object.entries(DRIVERS).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {/* Without the serial number no certificate of a Bambu Lab printer can be checked. */}
        {(driver === 'bambu' || (probe && failed === 'key')) && <Keys driver={probe?.driver ?? driver} change={setCredentials} credentials={credentials} />}
        <div class="buttons">
          <button type="submit" class={`button ${probe && failed === undefined ? '' : 'primary'}`} disabled={busy} aria-busy={busy}>
            {probe ? t('add.retry') : t('add.check')}
          </button>
        </div>
      </form>
      <div aria-live="polite">
        {busy && <p class="quiet working">{t('add.checking')}</p>}
        {failure && <p class="wrong">{failure}</p>}
        {probe && !busy && (
          <>
            <p class="result">{probe.evidence === null ? t('add.not_found') : t('add.found', { evidence: probe.evidence })}</p>
            <Stages stages={probe.stages} />
          </>
        )}
      </div>
      {probe?.fingerprint && failed === 'tls' && !busy && (
        <section class="box">
          <h2>{t('add.trust_title')}</h2>
          <p>{t('add.trust_hint')}</p>
          <code class="fingerprint">{probe.fingerprint}</code>
          <button type="button" class="button" onClick={() => void check(probe.fingerprint)}>
            {t('add.trust')}
          </button>
        </section>
      )}
      {probe?.driver && probe.address && !busy && failed !== 'tls' && failed !== 'key' && (
        <Naming probe={probe} access={access(fingerprint)} />
      )}
      <Discover
        choose={found => {
          forget();
          setFailure('');
          setAddress(found.address);
          setDriver(found.driver);
        }}
      />
      <p>
        <a class="plain" href="#/import">
          {t('add.or_import')}
        </a>
      </p>
    </div>
  );
}

/** The drivers by their ids, as people know the programs and printers. */
const DRIVERS: Record<string, string> = {
  moonraker: 'Klipper (Moonraker)',
  octoprint: 'OctoPrint',
  prusalink: 'PrusaLink',
  bambu: 'Bambu Lab',
  duet: 'Duet (RepRapFirmware)',
  ultimaker: 'UltiMaker',
  repetier: 'Repetier-Server',
  flashforge: 'FlashForge',
  creality: 'Creality',
  elegoo: 'Elegoo',
};

/** Only what the driver needs, and where it stands on the printer. */
function Keys(props: { driver: string; credentials: Credentials; change: (given: Credentials) => void }) {
  const { driver, credentials, change } = props;
  return (
    <fieldset class="box">
      <legend>{t('add.key_title')}</legend>
      <p>{credentialHint(driver)}</p>
      {credentialFields(driver).map((field, i) => (
        <label key={field} class="field">
          <span>{credentialLabel(driver, field)}</span>
          <input
            {...(field === 'username' ? {} : { type: 'password' })}
            required
            autofocus={i === 0}
            autoComplete="off"
            autoCapitalize="none"
            value={credentials[field] ?? ''}
            onInput={event => change({ ...credentials, [field]: event.currentTarget.value })}
          />
        </label>
      ))}
    </fieldset>
  );
}

function Naming({ probe, access }: { probe: Probe; access: object }) {
  const [name, setName] = useState(probe.model ?? '');
  const [group, setGroup] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      const added = await post<Registration>('api/printers', {
        name: name.trim(),
        driver: probe.driver,
        address: probe.address,
        ...(group.trim() === '' ? {} : { group: group.trim() }),
        ...access,
      });
      tell(t('add.saved', { name: added.name }));
      location.hash = printerLink(added.id);
    } catch (error) {
      const field = error instanceof ApiError ? error.problem.field : undefined;
      setFailure(field ? `${word('add', field)}: ${explain(error)}` : explain(error));
      setBusy(false);
    }
  };
  return (
    <form class="box" onSubmit={event => void save(event)}>
      <label class="field">
        <span>{t('add.name')}</span>
        <input required maxLength={100} value={name} onInput={event => setName(event.currentTarget.value)} />
      </label>
      <label class="field">
        <span>
          {t('add.group')} <span class="quiet">{t('add.optional')}</span>
        </span>
        <input
          list="groups"
          maxLength={63}
          pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
          value={group}
          aria-describedby="group-hint"
          onInput={event => setGroup(event.currentTarget.value)}
        />
        <small id="group-hint">{t('add.group_hint')}</small>
        <datalist id="groups">
          {choices.value.group.map(each => (
            <option key={each} value={each} />
          ))}
        </datalist>
      </label>
      {probe.reason !== null && <p class="quiet">{t('add.anyway')}</p>}
      {failure && (
        <p class="wrong" role="alert">
          {failure}
        </p>
      )}
      <div class="buttons">
        <button type="submit" class="button primary" disabled={busy} aria-busy={busy}>
          {t('add.save')}
        </button>
      </div>
    </form>
  );
}
