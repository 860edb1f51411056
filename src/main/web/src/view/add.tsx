import { useState } from 'preact/hooks';
import { fieldErrors, post } from '../api/http';
import type { Probe, Registration } from '../api/types';
import { explain, explainField, tell } from '../actions';
import { choices } from '../fleet/store';
import { printerLink } from '../route';
import { t, word } from '../text/language';
import { credentialFields, credentialHint, credentialLabel, type Credentials } from './credentials';
import { Discover } from './discover';
import { Field, Form, useTask } from './form';
import { Stages } from './parts';

/** Adds a printer: its address, what answers there, the missing key, then a name. */
export function AddScreen() {
  const [address, setAddress] = useState('');
  const [driver, setDriver] = useState('auto');
  const [credentials, setCredentials] = useState<Credentials>({});
  const [fingerprint, setFingerprint] = useState<string | null>(null);
  const [probe, setProbe] = useState<Probe | null>(null);
  const task = useTask();

  const access = (trusted: string | null) => ({
    ...(Object.values(credentials).some(Boolean) ? { credentials } : {}),
    ...(trusted === null ? {} : { tls: { fingerprint: trusted } }),
  });
  const check = async (trusted: string | null) => {
    setFingerprint(trusted);
    try {
      setProbe(await post<Probe>('api/printers/probe', { address: address.trim(), driver: probe?.driver ?? driver, ...access(trusted) }));
    } catch (error) {
      setProbe(null);
      throw error;
    }
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
      <Form
        task={task}
        submit={() => check(fingerprint)}
        button={probe ? t('add.retry') : t('add.check')}
        kind={probe && failed === undefined ? '' : 'primary'}
      >
        <Field
          label={t('field.address')}
          name="address"
          hint={t('add.address_hint')}
          required
          autofocus
          value={address}
          change={given => {
            setAddress(given);
            forget();
          }}
        />
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
      </Form>
      <div aria-live="polite">
        {task.busy && <p class="quiet working">{t('add.checking')}</p>}
        {probe && !task.busy && (
          <>
            <p class="result">{probe.evidence === null ? t('add.not_found') : t('add.found', { evidence: probe.evidence })}</p>
            <Stages stages={probe.stages} />
          </>
        )}
      </div>
      {probe?.fingerprint && failed === 'tls' && !task.busy && (
        <section class="box">
          <h2>{t('add.trust_title')}</h2>
          <p>{t('add.trust_hint')}</p>
          <code class="fingerprint">{probe.fingerprint}</code>
          <button type="button" class="button" onClick={() => void task.run(() => check(probe.fingerprint))}>
            {t('add.trust')}
          </button>
        </section>
      )}
      {probe?.driver && probe.address && !task.busy && failed !== 'tls' && failed !== 'key' && (
        <Naming probe={probe} access={access(fingerprint)} />
      )}
      <Discover
        choose={found => {
          forget();
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
  'flashforge-tcp': 'FlashForge (Adventurer 3, 4, Creator 4)',
  creality: 'Creality',
  elegoo: 'Elegoo',
  'elegoo-cc2': 'Elegoo Centauri Carbon 2',
};

/** Only what the driver needs, and where it stands on the printer. */
function Keys(props: { driver: string; credentials: Credentials; change: (given: Credentials) => void }) {
  const { driver, credentials, change } = props;
  return (
    <fieldset class="box">
      <legend>{t('add.key_title')}</legend>
      <p>{credentialHint(driver)}</p>
      {credentialFields(driver).map((field, i) => (
        <Field
          key={field}
          label={credentialLabel(driver, field)}
          type={field === 'username' ? 'text' : 'password'}
          required
          autofocus={i === 0}
          value={credentials[field] ?? ''}
          change={value => change({ ...credentials, [field]: value })}
        />
      ))}
    </fieldset>
  );
}

function Naming({ probe, access }: { probe: Probe; access: object }) {
  const [name, setName] = useState(probe.model ?? '');
  const [group, setGroup] = useState('');
  const save = async () => {
    const added = await post<Registration>('api/printers', {
      name: name.trim(),
      driver: probe.driver,
      address: probe.address,
      ...(group.trim() === '' ? {} : { group: group.trim() }),
      ...access,
    });
    tell(t('add.saved', { name: added.name }));
    location.hash = printerLink(added.id);
  };
  const reason = (error: unknown) => {
    const [wrong] = fieldErrors(error);
    return wrong ? `${word('field', wrong.field)}: ${explainField(error, wrong)}` : explain(error);
  };
  return (
    <Form class="box" task={useTask()} submit={save} reason={reason} button={t('add.save')}>
      <Field label={t('field.name')} required maxLength={100} value={name} change={setName} />
      <Field
        label={
          <>
            {t('field.group')} <span class="quiet">{t('add.optional')}</span>
          </>
        }
        name="group"
        hint={t('add.group_hint')}
        list="groups"
        maxLength={63}
        pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
        value={group}
        change={setGroup}
      />
      <datalist id="groups">
        {choices.value.group.map(each => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {probe.reason !== null && <p class="quiet">{t('add.anyway')}</p>}
    </Form>
  );
}
