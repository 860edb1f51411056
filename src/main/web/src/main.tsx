import { effect } from '@preact/signals';
import { render } from 'preact';
import { goLive, onReturn } from './live';
import { theme } from './preferences';
import { loadSession } from './session';
import { loadLanguage } from './text/language';
import { App } from './view/app';

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});

async function start(): Promise<void> {
  await Promise.race([loadLanguage(), new Promise(resolve => setTimeout(resolve, 1000))]);
  const root = document.getElementById('app')!;
  // What index.html shows until now.
  root.replaceChildren();
  render(<App />, root);
  void loadSession();
  goLive();
  onReturn(() => void loadSession());
}

void start();
