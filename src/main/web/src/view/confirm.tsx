import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../text/language';

/** A question before something that cannot be taken back. */
export interface Question {
  text: string;
  detail?: string;
  button: string;
  dangerous: boolean;
  /** A temperature to ask for, with its largest value. */
  degrees?: { max: number; value: number };
  /** A note to ask for, with its largest length. */
  note?: { length: number };
  confirmed(answer: { degrees: number; note: string }): void;
}

const question = signal<Question | null>(null);

export function ask(asked: Question): void {
  question.value = asked;
}

export function ConfirmDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const asked = question.value;
  const [degrees, setDegrees] = useState(0);
  const [note, setNote] = useState('');
  useEffect(() => {
    if (asked) {
      setDegrees(asked.degrees?.value ?? 0);
      setNote('');
      dialog.current?.showModal();
    }
  }, [asked]);
  const close = () => dialog.current?.close();
  const confirm = (event: Event) => {
    event.preventDefault();
    close();
    asked?.confirmed({ degrees, note: note.trim() });
  };
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="question" onClose={() => (question.value = null)}>
      {asked && (
        <form onSubmit={confirm}>
          <h2 id="question">{asked.text}</h2>
          {asked.detail && <p class="quiet">{asked.detail}</p>}
          {asked.degrees && (
            <label class="field">
              <span>{t('command.degrees')}</span>
              <input
                type="number"
                inputMode="numeric"
                min={0}
                max={asked.degrees.max}
                step={1}
                required
                value={degrees}
                onInput={event => setDegrees(event.currentTarget.valueAsNumber)}
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
