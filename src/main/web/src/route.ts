import { signal } from '@preact/signals';

/** The screens. They are in the fragment of the address, so that every request is relative to the same path. */
export type Route =
  | { screen: 'fleet'; printer: string | null }
  | { screen: 'edit'; printer: string }
  | { screen: 'alerts' }
  | { screen: 'history' }
  | { screen: 'settings' }
  | { screen: 'add' }
  | { screen: 'import' };

export const route = signal<Route>(parse(location.hash));

addEventListener('hashchange', () => (route.value = parse(location.hash)));

export function parse(fragment: string): Route {
  const [screen, ...key] = fragment.replace(/^#\/?/, '').split('/');
  const id = key.join('/');
  switch (screen) {
    case 'printer':
      return { screen: 'fleet', printer: id || null };
    case 'edit':
      return id ? { screen: 'edit', printer: id } : { screen: 'fleet', printer: null };
    case 'alerts':
    case 'history':
    case 'settings':
    case 'add':
    case 'import':
      return { screen };
    default:
      return { screen: 'fleet', printer: null };
  }
}

export const printerLink = (id: string) => `#/printer/${id}`;
export const editLink = (id: string) => `#/edit/${id}`;
