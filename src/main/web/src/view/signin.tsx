import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/http';
import { explain } from '../actions';
import { enterToken, loadSession, logIn, session, setUp } from '../session';
import { t } from '../text/language';
import type { Key } from '../text/en';
import { Field, Form, useTask } from './form';

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
    <Way title="login.title" button="login.enter" run={() => logIn(user, password)} done={done}>
      <Entry label="login.user" name="username" value={user} change={setUser} />
      <Entry label="login.password" name="current-password" value={password} change={setPassword} />
    </Way>
  );
}

function SetUp({ done }: { done: () => void }) {
  const [code, setCode] = useState('');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  return (
    <Way title="login.setup" button="login.create" run={() => setUp(code, user, password)} done={done}>
      <p class="quiet">{t('login.setup_hint')}</p>
      <Entry label="login.code" name="one-time-code" value={code} change={setCode} />
      <Entry label="login.user" name="username" value={user} change={setUser} />
      <Entry label="login.new_password" name="new-password" value={password} change={setPassword} />
    </Way>
  );
}

function Token({ done }: { done: () => void }) {
  const [token, setToken] = useState('');
  return (
    <Way button="token.enter" run={() => enterToken(token.trim())} refused="token.wrong" done={done}>
      <Entry label="token.label" name="off" value={token} change={setToken} />
    </Way>
  );
}

interface WayProps {
  title?: Key;
  button: Key;
  /** What to say when the bridge answers 401; otherwise its own reason. */
  refused?: Key;
  run: () => Promise<void>;
  done: () => void;
  children: ComponentChildren;
}

function Way({ title, button, refused, run, done, children }: WayProps) {
  const reason = (error: unknown) =>
    refused && error instanceof ApiError && error.problem.status === 401 ? t(refused) : explain(error);
  return (
    <Form task={useTask()} submit={() => run().then(done)} reason={reason} button={t(button)}>
      {title && <h1>{t(title)}</h1>}
      {children}
    </Form>
  );
}

/** @param name what a password manager calls it, which also decides whether it is shown */
function Entry({ label, name, value, change }: { label: Key; name: string; value: string; change: (value: string) => void }) {
  return (
    <Field
      label={t(label)}
      type={name === 'username' || name === 'one-time-code' ? 'text' : 'password'}
      autoComplete={name}
      required
      minLength={name === 'new-password' ? 10 : 0}
      value={value}
      change={change}
    />
  );
}
