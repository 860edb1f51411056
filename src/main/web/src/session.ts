import { computed, signal } from '@preact/signals';
import { ApiError, get } from './api/http';

export type Role = 'viewer' | 'operator' | 'admin';

/** The user of the page. A bridge without accounts has no session: its token, if it has one, gives every right. */
export interface Session {
  user: string | null;
  role: Role | null;
}

const WITHOUT_ACCOUNTS: Session = { user: null, role: 'admin' };

export const session = signal<Session>({ user: null, role: null });
export const mayCommand = computed(() => session.value.role === 'operator' || session.value.role === 'admin');
export const mayManage = computed(() => session.value.role === 'admin');

export async function loadSession(): Promise<void> {
  try {
    session.value = await get<Session>('api/session');
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 404) {
      session.value = WITHOUT_ACCOUNTS;
    }
  }
}
