import type { ApiProblem, FieldError } from './types';

/** An answer of the API that is not a success, or no answer (status 0). */
export class ApiError extends Error {
  readonly problem: ApiProblem;

  constructor(problem: ApiProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The fields that the bridge calls wrong: one mistake stands in `field` and `detail`, several in `errors`. */
export function fieldErrors(error: unknown): FieldError[] {
  if (!(error instanceof ApiError)) {
    return [];
  }
  const { errors, field, detail } = error.problem;
  return errors ?? (field === undefined ? [] : [{ field, detail }]);
}

/** What authenticates requests of this tab. A token is kept for the tab only, and never in a URL. */
const TOKEN = 'printer2mqtt.token';
let token: string | null = stored(TOKEN);
/** What proves that a change comes from this page and not from another one that makes the browser send the cookie. */
let csrf: string | null = null;

export const hasToken = () => token !== null;

export function useCsrf(given: string | null): void {
  csrf = given;
}

export function useToken(given: string | null): void {
  token = given;
  try {
    if (given === null) {
      sessionStorage.removeItem(TOKEN);
    } else {
      sessionStorage.setItem(TOKEN, given);
    }
  } catch {
    // A frame of another site may have no storage; the token then lasts as long as the page.
  }
}

function stored(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The headers of a request. Paths are relative, so that a proxy may serve the page below any path. */
export function headers(more: Record<string, string> = {}): Record<string, string> {
  return token === null ? more : { ...more, Authorization: `Bearer ${token}` };
}

/** @param body text is a file whose format the path names, everything else is sent as JSON */
export async function request<T>(method: string, path: string, body?: unknown, limit = 75_000): Promise<T> {
  const content = body === undefined ? {} : { 'Content-Type': typeof body === 'string' ? 'application/octet-stream' : 'application/json' };
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: headers(csrf === null || method === 'GET' ? content : { ...content, 'X-CSRF-Token': csrf }),
      signal: AbortSignal.timeout(limit),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError({ status: 0, code: 'no_answer', detail: '' });
  }
  if (!response.ok) {
    throw new ApiError(await problemOf(response));
  }
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** A page of a table, and the cursor of the next one; null if it is the last. */
export async function getCsv(path: string): Promise<{ text: string; next: string | null }> {
  const response = await fetch(path, { headers: headers(), signal: AbortSignal.timeout(75_000) });
  if (!response.ok) {
    throw new ApiError(await problemOf(response));
  }
  return { text: await response.text(), next: response.headers.get('Next-Cursor') };
}

/** The URL of a picture or another file in this tab, to be revoked: an element of the page cannot send a token. */
export async function getFile(path: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(path, { headers: headers(), signal });
  if (!response.ok) {
    throw new ApiError(await problemOf(response));
  }
  return URL.createObjectURL(await response.blob());
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    return { ...((await response.json()) as ApiProblem), status: response.status };
  } catch {
    return { status: response.status, code: `http_${response.status}`, detail: response.statusText };
  }
}

export const get = <T>(path: string) => request<T>('GET', path);
export const post = <T>(path: string, body?: unknown) => request<T>('POST', path, body);
