import type { Signal } from '@preact/signals';
import { language, theme } from '../preferences';
import { t } from '../text/language';
import type { Key } from '../text/en';

/** One of a few values. */
export function Choice<T extends string>(props: { label: Key; value: Signal<T>; options: Record<T, Key> }) {
  return (
    <fieldset class="choice">
      <legend>{t(props.label)}</legend>
      <div class="segments">
        {(Object.keys(props.options) as T[]).map(option => (
          <label key={option}>
            <input
              type="radio"
              name={props.label}
              checked={props.value.value === option}
              onChange={() => (props.value.value = option)}
            />
            <span>{t(props.options[option])}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function ThemeChoice() {
  return <Choice label="view.theme" value={theme} options={{ auto: 'view.auto', light: 'view.light', dark: 'view.dark' }} />;
}

export function LanguageChoice() {
  return (
    <label class="field">
      <span>{t('view.language')}</span>
      <select value={language.value} onChange={event => (language.value = event.currentTarget.value as 'auto' | 'en' | 'de')}>
        <option value="auto">{t('view.auto')}</option>
        <option value="en" lang="en">
          English
        </option>
        <option value="de" lang="de">
          Deutsch
        </option>
      </select>
    </label>
  );
}
