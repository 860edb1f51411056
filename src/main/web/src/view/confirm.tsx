import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../text/language';
import { Field } from './form';

/** A question before something that cannot be taken back. */
export interface Question {
  text: string;
  detail?: string;
  button: string;
  dangerous: boolean;
  /** A whole number to ask for. */
  number?: { label: string; min: number; max: number; value: number };
  /** A text to ask for. */
  entry?: { label: string; type?: 'password'; minLength?: number; maxLength: number };
  confirmed(answer: { number: number; entry: string }): void;
}

const question = signal<Question | null>(null);

export function ask(asked: Question): void {
  question.value = asked;
}

export function ConfirmDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const asked = question.value;
  const [number, setNumber] = useState(0);
  const [entry, setEntry] = useState('');
  useEffect(() => {
    if (asked) {
      setNumber(asked.number?.value ?? 0);
      setEntry('');
      dialog.current?.showModal();
    }
  }, [asked]);
  const close = () => dialog.current?.close();
  const confirm = (event: Event) => {
    event.preventDefault();
    close();
    asked?.confirmed({ number, entry: entry.trim() });
  };
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="question" onClose={() => (question.value = null)}>
      {asked && (
        <form onSubmit={confirm}>
          <h2 id="question">{asked.text}</h2>
          {asked.detail && <p class="quiet">{asked.detail}</p>}
          {asked.number && (
            <label class="field">
              <span>{asked.number.label}</span>
              <input
                type="number"
                inputMode="numeric"
                min={asked.number.min}
                max={asked.number.max}
                step={1}
                required
                value={number}
                onInput={event => setNumber(event.currentTarget.valueAsNumber)}
              />
            </label>
          )}
          {asked.entry && <Field {...asked.entry} autoComplete="new-password" required value={entry} change={setEntry} />}
          <div class="buttons">
            <button type="button" class="button" onClick={close}>
              {t('confirm.back')}
            </button>
            <button type="submit" class={`button ${asked.dangerous ? 'danger' : 'primary'}`}>
              {asked.button}
            </button>
          </div>
        </form>
      )}
    </dialog>
  );
}
