import { useState } from 'preact/hooks';
import { get, useToken } from '../api/http';
import { ApiError } from '../api/http';
import { explain } from '../actions';
import { t } from '../text/language';

/** Asks for the token of the bridge. It is kept until the tab is closed. */
export function SignIn({ done }: { done: () => void }) {
  const [token, setToken] = useState('');
  const [failure, setFailure] = useState('');
  const enter = async (event: Event) => {
    event.preventDefault();
    useToken(token.trim());
    try {
      await get('api/alerts');
      done();
    } catch (error) {
      useToken(null);
      setFailure(error instanceof ApiError && error.problem.status === 401 ? t('token.wrong') : explain(error));
    }
  };
  return (
    <main class="sign-in">
      <form onSubmit={event => void enter(event)}>
        <h1>{t('token.title')}</h1>
        <p class="quiet">{t('token.hint')}</p>
        <label class="field">
          <span>{t('token.label')}</span>
          <input
            type="password"
            autoComplete="current-password"
            required
            value={token}
            onInput={event => setToken(event.currentTarget.value)}
          />
        </label>
        {failure && (
          <p class="wrong" role="alert">
            {failure}
          </p>
        )}
        <button type="submit" class="button primary">
          {t('token.enter')}
        </button>
      </form>
    </main>
  );
}
