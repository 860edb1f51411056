/** Moves the focus from the name of one card to the next with the arrow keys. */
export function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const names = [...event.currentTarget.querySelectorAll<HTMLElement>('.name')];
  const from = names.indexOf(event.target as HTMLElement);
  if (from < 0) {
    return;
  }
  const top = (name: HTMLElement) => (name.closest('li') as HTMLElement).offsetTop;
  const columns = Math.max(1, names.filter(name => top(name) === top(names[0]!)).length);
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  const target = names[from + (steps[event.key] ?? 0)];
  if (target && target !== event.target) {
    event.preventDefault();
    target.focus();
  }
}

/** `/` goes to the search, Escape closes the printer view. */
export function followKeys(event: KeyboardEvent): void {
  const isTyping = (event.target as HTMLElement).closest('input, select, textarea, dialog') !== null;
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey) {
    const search = document.getElementById('search');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  } else if (event.key === 'Escape' && !isTyping && location.hash.startsWith('#/printer/')) {
    location.hash = '#/';
  }
}

let focused: HTMLElement | null = null;

addEventListener('focusin', event => {
  const target = event.target as HTMLElement;
  focused = target.closest('.cards, .printers') ? target : null;
});
addEventListener('pointerdown', () => (focused = null));

/** Browsers take the focus from an element that moves to another place in the list. Called after the list was rendered. */
export function keepFocus(): void {
  if (focused?.isConnected && document.activeElement === document.body) {
    focused.focus({ preventScroll: true });
  }
}
