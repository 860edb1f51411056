import { useEffect, useRef } from 'preact/hooks';
import type { Look } from '../fleet/lanes';
import { ORDERS } from '../fleet/order';
import { grouping, layout, order } from '../preferences';
import { t, word } from '../text/language';
import type { Key } from '../text/en';
import { Switch } from './form';
import { Choice, LanguageChoice, ThemeChoice } from './choice';
import { hasToken } from '../api/http';
import { attempt } from '../actions';
import { session, signOut } from '../session';
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
        <Choice label="view.layout" value={layout} options={{ table: 'view.table', cards: 'view.cards', large: 'view.large' }} />
        <Choice
          label="view.order"
          value={order}
          options={Object.fromEntries(ORDERS.map(each => [each, `order.${each}`])) as Record<(typeof ORDERS)[number], Key>}
        />
        <Switch label={t('view.grouping')} value={grouping.value} change={value => (grouping.value = value)} />
        <ThemeChoice />
        <LanguageChoice />
        <h2>{t('view.legend')}</h2>
        <ul class="legend">
          {LEGEND.map(look => (
            <li key={look} class={`look-${look}`}>
              <StateWord look={look} />
            </li>
          ))}
        </ul>
        <a class="plain" href="#/settings" onClick={() => (details.current!.open = false)}>
          {t('settings.title')}
        </a>
        <a class="plain" href="wall">
          {t('wall.title')}
        </a>
        <a class="plain" href="openapi.yaml" target="_blank" rel="noopener">
          {t('view.api')}
        </a>
        <Account />
      </div>
    </details>
  );
}

/** Who is logged in, and the way out. */
function Account() {
  const { user, role } = session.value;
  if (user === null && !hasToken()) {
    return null;
  }
  return (
    <div class="account">
      {user !== null && role !== null && <p class="quiet">{t('login.as', { user, role: word('role', role) })}</p>}
      <button type="button" class="button" onClick={() => void attempt(signOut, t('login.out'))}>
        {t('login.out')}
      </button>
    </div>
  );
}
