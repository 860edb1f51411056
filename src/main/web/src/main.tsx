import { effect } from '@preact/signals';
import { render } from 'preact';
import { goLive, onReturn } from './live';
import { theme } from './preferences';
import { loadSession } from './session';
import { loadLanguage } from './text/language';
import { App, loadScreens } from './view/app';

const after = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Rendering would delay the first frame, which shows index.html. Frames that nobody sees may not come. */
const firstFrame = () => Promise.race([new Promise(requestAnimationFrame).then(() => after(0)), after(100)]);

async function start(root: HTMLElement): Promise<void> {
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value;
  });
  void loadSession();
  goLive();
  onReturn(() => void loadSession());
  await Promise.race([Promise.all([loadLanguage(), firstFrame()]), after(1000)]);
  // What index.html shows until now.
  root.replaceChildren();
  render(<App />, root);
  // Most people open a printer next, and should also see it while the bridge does not answer. Opening a screen tries again.
  setTimeout(() => loadScreens().catch(() => undefined), 2000);
}

// The page for wall screens imports this file too, and shows something else.
const root = document.getElementById('app');
if (root) {
  void start(root);
}
