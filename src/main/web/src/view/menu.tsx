import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Look } from '../fleet/lanes';
import { ORDERS } from '../fleet/order';
import { grouping, language, layout, order, theme } from '../preferences';
import { t } from '../text/language';
import type { Key } from '../text/en';
import { Sign } from './icons';
import { StateWord } from './parts';

const LEGEND: Look[] = ['error', 'attention', 'clear', 'cooling', 'paused', 'printing', 'preparing', 'busy', 'finished', 'cancelled', 'idle', 'maintenance', 'offline', 'unknown'];

/** How this browser shows the page, and what the colours mean. */
export function ViewMenu() {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = details.current;
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      if (menu?.open && (isEscape || (event.type === 'pointerdown' && !menu.contains(event.target as Node)))) {
        menu.open = false;
        if (isEscape) {
          event.stopPropagation();
          menu.querySelector('summary')?.focus();
        }
      }
    };
    addEventListener('pointerdown', close);
    addEventListener('keydown', close, true);
    return () => {
      removeEventListener('pointerdown', close);
      removeEventListener('keydown', close, true);
    };
  }, []);
  return (
    <details class="menu" ref={details}>
      <summary class="button icon-text">
        <Sign name="sliders" />
        <span class="optional">{t('view.title')}</span>
      </summary>
      <div class="panel">
        <Choice label="view.layout" value={layout} options={{ cards: 'view.cards', table: 'view.table' }} />
        <Choice
          label="view.order"
          value={order}
          options={Object.fromEntries(ORDERS.map(each => [each, `view.order_${each}`])) as Record<(typeof ORDERS)[number], Key>}
        />
        <label class="switch">
          <input type="checkbox" checked={grouping.value} onChange={event => (grouping.value = event.currentTarget.checked)} />
          {t('view.grouping')}
        </label>
        <Choice label="view.theme" value={theme} options={{ auto: 'view.auto', light: 'view.light', dark: 'view.dark' }} />
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
        <h2>{t('view.legend')}</h2>
        <ul class="legend">
          {LEGEND.map(look => (
            <li key={look} class={`look-${look}`}>
              <StateWord look={look} />
            </li>
          ))}
        </ul>
        <a class="plain" href="openapi.yaml" target="_blank" rel="noopener">
          {t('view.api')}
        </a>
      </div>
    </details>
  );
}

function Choice<T extends string>(props: { label: Key; value: Signal<T>; options: Record<T, Key> }) {
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
