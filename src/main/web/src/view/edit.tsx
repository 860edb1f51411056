import { useEffect, useState } from 'preact/hooks';
import { fieldErrors, get, request } from '../api/http';
import type { FieldError, Registration } from '../api/types';
import { explain, explainField, tell } from '../actions';
import { printerLink } from '../route';
import { t } from '../text/language';
import { credentialFields, credentialHint, credentialLabel, type Credentials } from './credentials';
import { Field, Form, Switch, useTask } from './form';

/** The registration as it is typed. Credentials are written and never read, so theirs begin empty. */
interface Draft {
  name: string;
  group: string;
  tags: string;
  model: string;
  address: string;
  timeout: string;
  offlineAfter: string;
  enabled: boolean;
  credentials: Credentials;
  forgets: boolean;
}

/** Changes the registration of a printer. Mistakes are shown beside their fields. */
export function EditScreen({ id }: { id: string }) {
  const [stored, setStored] = useState<Registration | null>(null);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    get<Registration>(`api/printers/${id}/registration`).then(setStored, error => setFailure(explain(error)));
  }, [id]);
  if (stored === null) {
    return <p class="blank wrong">{failure}</p>;
  }
  return (
    <div class="page">
      <h1>{t('edit.title', { name: stored.name })}</h1>
      <EditForm stored={stored} />
    </div>
  );
}

function EditForm({ stored }: { stored: Registration }) {
  const [draft, setDraft] = useState(() => draftOf(stored));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const fields = credentialFields(stored.driver);
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const save = async () => {
    const saved = await request<Registration>('PATCH', `api/printers/${stored.id}`, patchOf(stored, draft));
    tell(t('edit.saved', { name: saved.name }));
    location.hash = printerLink(stored.id);
  };
  const reason = (error: unknown) => {
    const wrong = fieldErrors(error).map(each => ({ ...each, detail: explainField(error, each) }));
    setErrors(wrong);
    const elsewhere = wrong.filter(each => !FIELDS.has(each.field)).map(each => `${each.field}: ${each.detail}`);
    return elsewhere.length > 0 ? elsewhere.join('; ') : wrong.length === 0 ? explain(error) : '';
  };
  const text = (field: string, label: string, value: string, change: (value: string) => void, more: Extra = {}) => (
    <Field key={field} name={field} label={label} value={value} change={change} error={errors.find(each => each.field === field)?.detail} {...more} />
  );
  return (
    <Form
      task={useTask()}
      submit={save}
      reason={reason}
      button={t('edit.save')}
      before={
        <a class="button" href={printerLink(stored.id)}>
          {t('confirm.back')}
        </a>
      }
    >
      {text('name', t('field.name'), draft.name, name => set({ name }), { required: true, maxLength: 100 })}
      {text('group', t('field.group'), draft.group, group => set({ group }), { hint: t('add.group_hint') })}
      {text('tags', t('printer.tags'), draft.tags, tags => set({ tags }), { hint: t('edit.tags_hint') })}
      {text('model', t('printer.model'), draft.model, model => set({ model }), { hint: t('edit.model_hint') })}
      {text('address', t('field.address'), draft.address, address => set({ address }), {
        required: true,
        ...(draft.address.trim() !== stored.address && stored.has_credentials ? { hint: t('edit.address_hint') } : {}),
      })}
      {(fields.length > 0 || stored.has_credentials) && (
        <fieldset class="box">
          <legend>{t('edit.credentials')}</legend>
          {fields.length > 0 && <p>{credentialHint(stored.driver)}</p>}
          <p class="quiet">{t(stored.has_credentials ? 'edit.stored' : 'edit.not_stored')}</p>
          {fields.map(field =>
            text(
              `credentials.${field}`,
              credentialLabel(stored.driver, field),
              draft.credentials[field] ?? '',
              value => set({ credentials: { ...draft.credentials, [field]: value } }),
              { disabled: draft.forgets, ...(field === 'username' ? {} : { type: 'password', autoComplete: 'new-password' }) },
            ),
          )}
          {stored.has_credentials && (
            <Switch label={t('edit.forget')} value={draft.forgets} change={forgets => set({ forgets })} />
          )}
        </fieldset>
      )}
      <fieldset class="box">
        <legend>{t('edit.polling')}</legend>
        <Switch label={t('edit.enabled')} value={draft.enabled} change={enabled => set({ enabled })} />
        {text('polling.timeout', t('edit.timeout'), draft.timeout, timeout => set({ timeout }), { hint: t('edit.timeout_hint') })}
        {text('polling.offline_after', t('edit.offline_after'), draft.offlineAfter, offlineAfter => set({ offlineAfter }), {
          hint: t('edit.offline_after_hint'),
          inputMode: 'numeric',
        })}
      </fieldset>
    </Form>
  );
}

/** The fields that have a place of their own for what is wrong with them. */
const FIELDS = new Set([
  'name',
  'group',
  'tags',
  'model',
  'address',
  'credentials.api_key',
  'credentials.username',
  'credentials.password',
  'polling.timeout',
  'polling.offline_after',
]);

/** What only some fields have. */
interface Extra {
  hint?: string;
  required?: boolean;
  maxLength?: number;
  disabled?: boolean;
  type?: 'password';
  autoComplete?: 'new-password';
  inputMode?: 'numeric';
}

function draftOf(stored: Registration): Draft {
  return {
    name: stored.name,
    group: stored.group ?? '',
    tags: stored.tags.join(', '),
    model: stored.model ?? '',
    address: stored.address,
    timeout: stored.polling.timeout ?? '',
    offlineAfter: stored.polling.offline_after?.toString() ?? '',
    enabled: stored.enabled,
    credentials: {},
    forgets: false,
  };
}

/** A merge patch of what was changed. What is no number is sent as it was typed, so that the bridge can say what it expects. */
function patchOf(stored: Registration, draft: Draft): object {
  const before = draftOf(stored);
  const given = Object.fromEntries(Object.entries(draft.credentials).filter(([, value]) => value !== ''));
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  const number = orNull(draft.offlineAfter);
  const polling = {
    ...(draft.timeout === before.timeout ? {} : { timeout: orNull(draft.timeout) }),
    ...(draft.offlineAfter === before.offlineAfter ? {} : { offline_after: number !== null && /^\d+$/.test(number) ? Number(number) : number }),
  };
  return {
    ...(draft.name === before.name ? {} : { name: draft.name.trim() }),
    ...(draft.group === before.group ? {} : { group: orNull(draft.group) }),
    ...(draft.tags === before.tags ? {} : { tags: draft.tags.split(/[,;]/).map(tag => tag.trim()).filter(Boolean) }),
    ...(draft.model === before.model ? {} : { model: orNull(draft.model) }),
    ...(draft.address === before.address ? {} : { address: draft.address.trim() }),
    ...(draft.enabled === before.enabled ? {} : { enabled: draft.enabled }),
    ...(Object.keys(polling).length ? { polling } : {}),
    ...(draft.forgets ? { credentials: null } : Object.keys(given).length ? { credentials: given } : {}),
  };
}
