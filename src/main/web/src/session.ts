import { computed, signal } from '@preact/signals';
import { ApiError, get, hasToken, post, useCsrf, useToken } from './api/http';

export type Role = 'viewer' | 'operator' | 'admin';

/** The user of the page. A token has a role and no user. */
export interface Session {
  user: string | null;
  role: Role | null;
  /** Not reported by every version of the bridge. */
  rights?: string[];
  /** The first administrator must be created with the code in the log. */
  setup_required: boolean;
  login_required: boolean;
  csrf: string | null;
}

const NOBODY: Session = { user: null, role: null, setup_required: false, login_required: false, csrf: null };

export const session = signal<Session>(NOBODY);
export const mayCommand = computed(() => session.value.role === 'operator' || session.value.role === 'admin');
export const mayManage = computed(() => session.value.role === 'admin');
/** Pictures of cameras need a right of their own. */
export const mayWatch = computed(() => session.value.rights?.includes('camera') ?? false);

export async function loadSession(): Promise<void> {
  try {
    take(await get<Session>('api/session'));
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 401 && hasToken()) {
      // It was revoked or has expired; there may be a login.
      useToken(null);
      await loadSession();
    }
  }
}

export async function logIn(user: string, password: string): Promise<void> {
  useToken(null);
  take(await post<Session>('api/login', { user, password }));
}

export async function setUp(code: string, user: string, password: string): Promise<void> {
  take(await post<Session>('api/setup', { code, user, password }));
}

/** Uses a token in this tab, if the bridge accepts it. */
export async function enterToken(token: string): Promise<void> {
  useToken(token);
  try {
    const opened = await get<Session>('api/session');
    if (opened.role === null) {
      // A token for something else than this page, such as a wall screen.
      throw new ApiError({ status: 401, code: 'unauthorized', detail: '' });
    }
    take(opened);
  } catch (error) {
    useToken(null);
    throw error;
  }
}

/** Forgets everything that this tab has shown. */
export async function signOut(): Promise<void> {
  useToken(null);
  await post('api/logout');
  location.reload();
}

function take(opened: Session): void {
  session.value = opened;
  useCsrf(opened.csrf);
}
