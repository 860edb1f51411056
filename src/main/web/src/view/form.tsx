import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { explain } from '../actions';

/** Something that a person started and that takes a while: whether it runs, and why it failed the last time. */
export interface Task {
  busy: boolean;
  failure: string;
  /** @param reason what to say about an error */
  run: (work: () => Promise<unknown>, reason?: (error: unknown) => string) => Promise<void>;
}

export function useTask(): Task {
  const [state, setState] = useState({ busy: false, failure: '' });
  const run: Task['run'] = async (work, reason = explain) => {
    setState({ busy: true, failure: '' });
    let failure = '';
    try {
      await work();
    } catch (error) {
      failure = reason(error);
    }
    setState({ busy: false, failure });
  };
  return { ...state, run };
}

interface FormProps {
  task: Task;
  submit: () => Promise<unknown>;
  reason?: (error: unknown) => string;
  button: string;
  children: ComponentChildren;
  /** Buttons before the one that submits. */
  before?: ComponentChildren;
  class?: string;
  kind?: string;
}

/** A form with one button that sends it, and why that failed. The first wrong field is focused. */
export function Form({ task, submit, reason, button, children, before, class: style, kind = 'primary' }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!task.busy) {
      form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
    }
  }, [task.busy]);
  return (
    <form
      ref={form}
      class={style ?? ''}
      onSubmit={event => {
        event.preventDefault();
        void task.run(submit, reason);
      }}
    >
      {children}
      <Failure text={task.failure} />
      <div class="buttons">
        {before}
        <button type="submit" class={`button ${kind}`} disabled={task.busy} aria-busy={task.busy}>
          {button}
        </button>
      </div>
    </form>
  );
}

export function Failure({ text }: { text: string }) {
  return text ? (
    <p class="wrong" role="alert">
      {text}
    </p>
  ) : null;
}

interface FieldProps {
  label: ComponentChildren;
  value: string;
  change: (value: string) => void;
  /** For the ids of what describes the field; unique on the screen. */
  name?: string;
  hint?: string;
  error?: string | undefined;
  type?: string;
  autoComplete?: string;
  required?: boolean;
  disabled?: boolean;
  autofocus?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  placeholder?: string;
  list?: string;
  inputMode?: 'numeric';
}

/** A text with its label, a hint and what is wrong with it. */
export function Field({ label, value, change, name = 'field', hint, error, ...input }: FieldProps) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <label class="field">
      <span>{label}</span>
      <input
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
        // The types of Preact want one constant.
        {...(input as { type?: 'text' })}
        value={value}
        {...(described ? { 'aria-describedby': described } : {})}
        {...(error ? { 'aria-invalid': true } : {})}
        onInput={event => change(event.currentTarget.value)}
      />
      {hint && <small id={`${name}-hint`}>{hint}</small>}
      {error && (
        <span id={`${name}-error`} class="wrong">
          {error}
        </span>
      )}
    </label>
  );
}

export function Switch({ label, value, change }: { label: string; value: boolean; change: (value: boolean) => void }) {
  return (
    <label class="switch">
      <input type="checkbox" checked={value} onChange={event => change(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
