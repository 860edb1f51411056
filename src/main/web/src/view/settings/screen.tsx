import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../../api/http';
import { tell } from '../../actions';
import { mayManage, session } from '../../session';
import { t } from '../../text/language';
import type { Key } from '../../text/en';
import { Field, Form, useTask } from '../form';
import { BridgeHealth, LogLevel, Notifications } from './operation';
import { Tokens } from './tokens';
import { Users } from './users';

/** The own password and the health of the bridge; for administrators also who has access, and how the bridge runs. */
export function SettingsScreen() {
  return (
    <div class="page">
      <h1>{t('settings.title')}</h1>
      {session.value.user !== null && <OwnPassword />}
      {mayManage.value && <Users />}
      {mayManage.value && <Tokens />}
      {mayManage.value && <Notifications />}
      <BridgeHealth />
      {mayManage.value && <LogLevel />}
    </div>
  );
}

export function Part({ title, children }: { title: Key; children: ComponentChildren }) {
  return (
    <section class="box" aria-label={t(title)}>
      <h2>{t(title)}</h2>
      {children}
    </section>
  );
}

function OwnPassword() {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = async () => {
    await post('api/password', { current_password: current, password });
    setCurrent('');
    setPassword('');
    tell(t('password.changed'));
  };
  return (
    <Part title="password.title">
      <Form task={useTask()} submit={change} button={t('password.change')}>
        <Field label={t('password.current')} type="password" autoComplete="current-password" required value={current} change={setCurrent} />
        <Field
          label={t('password.new')}
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
          value={password}
          change={setPassword}
        />
      </Form>
    </Part>
  );
}
