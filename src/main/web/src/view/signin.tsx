import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/http';
import { explain } from '../actions';
import { enterToken, loadSession, logIn, session, setUp } from '../session';
import { t } from '../text/language';
import type { Key } from '../text/en';

/** The way in: the first administrator, a login, or a token, which is kept until the tab is closed. */
export function SignIn({ done }: { done: () => void }) {
  useEffect(() => void loadSession(), []);
  return (
    <main class="sign-in">
      {session.value.setup_required ? <SetUp done={done} /> : <LogIn done={done} />}
      <details class="fold-in">
        <summary>{t('token.title')}</summary>
        <Token done={done} />
      </details>
    </main>
  );
}

function LogIn({ done }: { done: () => void }) {
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  return (
    <Form title="login.title" button="login.enter" run={() => logIn(user, password)} done={done}>
      <Field label="login.user" name="username" value={user} change={setUser} />
      <Field label="login.password" name="current-password" value={password} change={setPassword} />
    </Form>
  );
}

function SetUp({ done }: { done: () => void }) {
  const [code, setCode] = useState('');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  return (
    <Form title="login.setup" button="login.create" run={() => setUp(code, user, password)} done={done}>
      <p class="quiet">{t('login.setup_hint')}</p>
      <Field label="login.code" name="one-time-code" value={code} change={setCode} />
      <Field label="login.user" name="username" value={user} change={setUser} />
      <Field label="login.new_password" name="new-password" value={password} change={setPassword} />
    </Form>
  );
}

function Token({ done }: { done: () => void }) {
  const [token, setToken] = useState('');
  return (
    <Form button="token.enter" run={() => enterToken(token.trim())} refused="token.wrong" done={done}>
      <Field label="token.label" name="off" value={token} change={setToken} />
    </Form>
  );
}

interface FormProps {
  title?: Key;
  button: Key;
  /** What to say when the bridge answers 401; otherwise its own reason. */
  refused?: Key;
  run: () => Promise<void>;
  done: () => void;
  children: ComponentChildren;
}

function Form(props: FormProps) {
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const enter = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await props.run();
      props.done();
    } catch (error) {
      const refused = error instanceof ApiError && error.problem.status === 401 && props.refused;
      setFailure(refused ? t(refused) : explain(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={event => void enter(event)}>
      {props.title && <h1>{t(props.title)}</h1>}
      {props.children}
      {failure && (
        <p class="wrong" role="alert">
          {failure}
        </p>
      )}
      <button type="submit" class="button primary" disabled={busy}>
        {t(props.button)}
      </button>
    </form>
  );
}

/** @param name what a password manager calls it, which also decides whether it is shown */
function Field(props: { label: Key; name: string; value: string; change: (value: string) => void }) {
  const isShown = props.name === 'username' || props.name === 'one-time-code';
  return (
    <label class="field">
      <span>{t(props.label)}</span>
      <input
        // The types of Preact want one constant.
        type={(isShown ? 'text' : 'password') as 'text'}
        autoComplete={props.name}
        autoCapitalize="none"
        spellcheck={false}
        required
        minLength={props.name === 'new-password' ? 10 : 0}
        value={props.value}
        onInput={event => props.change(event.currentTarget.value)}
      />
    </label>
  );
}
