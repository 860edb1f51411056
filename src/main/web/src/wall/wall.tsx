// The page comes first: what both share stays in its file, since two large files compress worse than one.
import '../main';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { theme } from '../preferences';
import { loadLanguage } from '../text/language';
import { follow, minute, open, outage } from './feed';
import { isWithin, parseHours } from './hours';
import { dim, readAddress, takeToken } from './options';
import { WallScreen } from './screen';

// A page of its own for screens that hang on a wall, often for months and without a keyboard.
takeToken();
addEventListener('hashchange', () => takeToken() && open());
readAddress();

effect(() => {
  const hours = parseHours(dim.value);
  document.documentElement.dataset['theme'] = hours !== null && isWithin(hours, minute.value) ? 'dark' : theme.value;
});

/** A bridge that was updated comes back with another page. */
async function reloadIfUpdated(): Promise<void> {
  const script = document.querySelector('script[type=module]')?.getAttribute('src');
  try {
    const response = await fetch(location.pathname, { cache: 'no-cache' });
    if (script && response.ok && !(await response.text()).includes(script)) {
      location.reload();
    }
  } catch {
    // The next outage brings another look.
  }
}

let wasOut = false;
effect(() => {
  const isOut = outage.value !== null && outage.value !== 'connecting';
  if (wasOut && !isOut) {
    void reloadIfUpdated();
  }
  wasOut = isOut;
});

async function start(): Promise<void> {
  await Promise.race([loadLanguage(), new Promise(resolve => setTimeout(resolve, 1000))]);
  render(<WallScreen />, document.getElementById('wall')!);
  follow();
}

void start();
