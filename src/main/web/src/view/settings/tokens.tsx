import { useRef, useState } from 'preact/hooks';
import { post, request } from '../../api/http';
import type { CreatedToken, Token } from '../../api/types';
import { attempt, tell } from '../../actions';
import { expiryOf, LIFETIMES, SCOPES, tokenAddress } from '../../fleet/tokens';
import { t, word } from '../../text/language';
import { ask } from '../confirm';
import { Failure, Field, Form, Switch, useTask } from '../form';
import { moment } from '../parts';
import { useLoaded } from './loaded';
import { Part } from './screen';

/** What programs, wall screens and calendars use instead of a login. */
export function Tokens() {
  const { value, failure, load } = useLoaded<{ tokens: Token[] }>('api/tokens');
  const [created, setCreated] = useState<CreatedToken | null>(null);
  return (
    <Part title="tokens.title">
      <p class="quiet">{t('tokens.hint')}</p>
      <Failure text={failure} />
      <ul class="items">
        {value?.tokens.map(token => (
          <Row
            key={token.id}
            token={token}
            revoked={() => {
              setCreated(known => (known?.id === token.id ? null : known));
              return load();
            }}
          />
        ))}
      </ul>
      {created && <Once token={created} />}
      <details>
        <summary>{t('tokens.create')}</summary>
        <NewToken
          created={token => {
            setCreated(token);
            return load();
          }}
        />
      </details>
    </Part>
  );
}

function Row({ token, revoked }: { token: Token; revoked: () => Promise<void> }) {
  const { name } = token;
  const isExpired = token.expires_at !== null && new Date(token.expires_at) <= new Date();
  const revoke = () =>
    ask({
      text: t('tokens.revoke_of', { name }),
      button: t('tokens.revoke'),
      dangerous: true,
      confirmed: () => void attempt(() => request('DELETE', `api/tokens/${token.id}`), t('tokens.revoked', { name })).then(revoked),
    });
  return (
    <li>
      <span>
        <b>{name}</b> {token.scopes.map(scope => word('scope', scope)).join(', ')}{' '}
        <span class={isExpired ? 'wrong' : 'quiet'}>
          {token.expires_at === null ? t('tokens.endless') : t(isExpired ? 'tokens.expired' : 'tokens.until', { clock: moment(token.expires_at) })}
        </span>
      </span>
      <button type="button" class="button danger-text" aria-label={t('tokens.revoke_of', { name })} onClick={revoke}>
        {t('tokens.revoke')}
      </button>
    </li>
  );
}

/** A new token, for as long as the screen is open. */
function Once({ token }: { token: CreatedToken }) {
  const address = tokenAddress(token, document.baseURI);
  return (
    <div class="box" role="status">
      <p>{t('tokens.once', { name: token.name })}</p>
      <Copy label={t('token.label')} text={token.token} />
      {address && <Copy label={t(token.scopes[0] === 'wall' ? 'tokens.wall' : 'tokens.calendar')} text={address} />}
    </div>
  );
}

function Copy({ label, text }: { label: string; text: string }) {
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers have no clipboard for pages without HTTPS; the old way works there.
      field.current?.select();
      document.execCommand('copy');
    }
    tell(t('tokens.copied'));
  };
  return (
    <div class="copy">
      <label class="field">
        <span>{label}</span>
        <input ref={field} readOnly value={text} onFocus={event => event.currentTarget.select()} />
      </label>
      <button type="button" class="button" aria-label={`${t('tokens.copy')}: ${label}`} onClick={() => void copy()}>
        {t('tokens.copy')}
      </button>
    </div>
  );
}

function NewToken({ created }: { created: (token: CreatedToken) => Promise<void> }) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['read']);
  const [days, setDays] = useState(0);
  const create = async () => {
    const token = await post<CreatedToken>('api/tokens', { name, scopes, expires_at: expiryOf(days, new Date()) });
    setName('');
    await created(token);
  };
  return (
    <Form task={useTask()} submit={create} button={t('tokens.create')}>
      <Field label={t('tokens.name')} hint={t('tokens.name_hint')} name="token-name" required maxLength={64} value={name} change={setName} />
      <fieldset class="choice">
        <legend>{t('tokens.scopes')}</legend>
        {SCOPES.map(scope => (
          <Switch
            key={scope}
            label={word('scope', scope)}
            value={scopes.includes(scope)}
            change={isOn => setScopes(SCOPES.filter(each => (each === scope ? isOn : scopes.includes(each))))}
          />
        ))}
      </fieldset>
      <label class="field">
        <span>{t('tokens.expires')}</span>
        <select value={days} onChange={event => setDays(Number(event.currentTarget.value))}>
          {LIFETIMES.map(each => (
            <option key={each} value={each}>
              {each === 0 ? t('tokens.never') : t('tokens.days', { days: each })}
            </option>
          ))}
        </select>
      </label>
    </Form>
  );
}
