import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../text/language';

/** A question before something that cannot be taken back. */
export interface Question {
  text: string;
  detail?: string;
  button: string;
  dangerous: boolean;
  /** A whole number to ask for. */
  number?: { label: string; min: number; max: number; value: number };
  /** A note to ask for, with its largest length. */
  note?: { length: number };
  confirmed(answer: { number: number; note: string }): void;
}

const question = signal<Question | null>(null);

export function ask(asked: Question): void {
  question.value = asked;
}

export function ConfirmDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const asked = question.value;
  const [number, setNumber] = useState(0);
  const [note, setNote] = useState('');
  useEffect(() => {
    if (asked) {
      setNumber(asked.number?.value ?? 0);
      setNote('');
      dialog.current?.showModal();
    }
  }, [asked]);
  const close = () => dialog.current?.close();
  const confirm = (event: Event) => {
    event.preventDefault();
    close();
    asked?.confirmed({ number, note: note.trim() });
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
          {asked.note && (
            <label class="field">
              <span>{t('confirm.note')}</span>
              <input required maxLength={asked.note.length} value={note} onInput={event => setNote(event.currentTarget.value)} />
            </label>
          )}
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
