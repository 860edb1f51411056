import { signal } from '@preact/signals';
import { ApiError, post, request } from './api/http';
import type { Alert, FieldError } from './api/types';
import { pathOf } from './fleet/site';
import { t, word } from './text/language';
import { en, type Key } from './text/en';

/** A short message at the bottom of the screen. */
export interface Notice {
  text: string;
  kind: 'done' | 'failed';
}

export const notice = signal<Notice | null>(null);
let timer = 0;

export function tell(text: string, kind: Notice['kind'] = 'done'): void {
  clearTimeout(timer);
  notice.value = { text, kind };
  timer = setTimeout(() => (notice.value = null), kind === 'done' ? 5_000 : 12_000) as unknown as number;
}

/** What went wrong, for people: in the chosen language for known codes, otherwise as the bridge says it. */
export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) {
    return String(error);
  }
  const { code, detail } = error.problem;
  const key = `problem.${code}`;
  return Object.hasOwn(en, key) ? t(key as Key, { detail }) : detail || code;
}

/** What is wrong with a field: in the chosen language for known codes and fields, otherwise as the bridge says it. */
export function explainField(error: unknown, { field, detail }: FieldError): string {
  const key = `expected.${field}`;
  const isNamed = error instanceof ApiError && Object.hasOwn(en, `problem.${error.problem.code}`);
  return isNamed ? explain(error) : Object.hasOwn(en, key) ? t(key as Key, { detail }) : detail;
}

/** Runs something that a person started, and says how it ended. Returns whether it succeeded. */
export async function attempt(action: () => Promise<unknown>, done: string): Promise<boolean> {
  try {
    await action();
    tell(done);
    return true;
  } catch (error) {
    tell(explain(error), 'failed');
    return false;
  }
}

/** Saves what is at a URL of this tab, which is revoked then. */
export function download(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** @param label what the button says */
export function command(id: string, name: string, verb: string, body?: unknown, label = word('command', verb)): Promise<boolean> {
  return attempt(
    () => post(`${pathOf(id)}/commands/${verb}`, body),
    t('command.done', { command: label, name }),
  );
}

export function acknowledge({ printer: id, site, code }: Alert): Promise<boolean> {
  return attempt(() => post('api/alerts/acknowledge', { id, code, ...(site ? { site } : {}) }), t('alerts.acknowledged'));
}

export const setMaintenance = (id: string, note: string | null) =>
  request<unknown>('PATCH', `api/printers/${id}`, { maintenance: note });

export const remove = (id: string) => request<void>('DELETE', `api/printers/${id}`);
