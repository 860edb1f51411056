import { useState } from 'preact/hooks';
import { post, request } from '../../api/http';
import type { User } from '../../api/types';
import { attempt, tell } from '../../actions';
import { loadSession, session, type Role } from '../../session';
import { t, word } from '../../text/language';
import { ask } from '../confirm';
import { Failure, Field, Form, useTask } from '../form';
import { moment } from '../parts';
import { useLoaded } from './loaded';
import { Part } from './screen';

const ROLES: Role[] = ['viewer', 'operator', 'admin'];

/** Who may log in, and as what. */
export function Users() {
  const { value, failure, load } = useLoaded<{ users: User[] }>('api/users');
  const users = value?.users;
  return (
    <Part title="users.title">
      <Failure text={failure} />
      {users?.length === 0 && <p class="quiet">{t('users.none')}</p>}
      <ul class="items">
        {users?.map(user => <Row key={user.name} user={user} changed={load} />)}
      </ul>
      {users && (
        <details>
          <summary>{t('users.create')}</summary>
          <NewUser roles={users.length === 0 ? ['admin'] : ROLES} created={load} />
        </details>
      )}
    </Part>
  );
}

function Row({ user, changed }: { user: User; changed: () => Promise<void> }) {
  const { name } = user;
  const path = `api/users/${encodeURIComponent(name)}`;
  const change = async (part: Partial<{ role: Role; password: string }>) => {
    await attempt(() => request('PATCH', path, part), t('users.saved', { name }));
    // A refused role stands in the select until the list is read again.
    await changed();
    await loadSession();
  };
  const reset = () =>
    ask({
      text: t('users.reset_of', { name }),
      button: t('users.reset'),
      dangerous: false,
      entry: { label: t('password.new'), type: 'password', minLength: 10, maxLength: 200 },
      confirmed: ({ entry }) => void change({ password: entry }),
    });
  const remove = () =>
    ask({
      text: t('users.remove_of', { name }),
      button: t('settings.remove'),
      dangerous: true,
      confirmed: () => void attempt(() => request('DELETE', path), t('users.removed', { name })).then(changed),
    });
  return (
    <li>
      <span>
        <b>{name}</b> <span class="quiet">{t('card.since', { clock: moment(user.created_at) })}</span>
      </span>
      <RoleSelect label={t('users.role_of', { name })} roles={ROLES} value={user.role} change={role => void change({ role })} />
      {/* One's own password is changed above, with the current one. */}
      {name !== session.value.user && (
        <>
          <button type="button" class="button" aria-label={t('users.reset_of', { name })} onClick={reset}>
            {t('users.reset')}
          </button>
          <button type="button" class="button danger-text" aria-label={t('users.remove_of', { name })} onClick={remove}>
            {t('settings.remove')}
          </button>
        </>
      )}
    </li>
  );
}

function NewUser({ roles, created }: { roles: Role[]; created: () => Promise<void> }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>(roles[0]!);
  const [password, setPassword] = useState('');
  const create = async () => {
    const user = await post<User>('api/users', { name, role, password });
    tell(t('users.created', { name: user.name }));
    setName('');
    setPassword('');
    await created();
    await loadSession();
  };
  return (
    <Form task={useTask()} submit={create} button={t('users.create')}>
      <Field label={t('login.user')} required maxLength={64} value={name} change={setName} />
      <label class="field">
        <span>{t('users.role')}</span>
        <RoleSelect label={t('users.role')} roles={roles} value={role} change={setRole} />
      </label>
      <Field
        label={t('login.new_password')}
        type="password"
        autoComplete="new-password"
        required
        minLength={10}
        maxLength={200}
        value={password}
        change={setPassword}
      />
    </Form>
  );
}

function RoleSelect({ label, roles, value, change }: { label: string; roles: Role[]; value: Role; change: (role: Role) => void }) {
  return (
    <select aria-label={label} value={value} onChange={event => change(event.currentTarget.value as Role)}>
      {roles.map(role => (
        <option key={role} value={role}>
          {word('role', role)}
        </option>
      ))}
    </select>
  );
}
