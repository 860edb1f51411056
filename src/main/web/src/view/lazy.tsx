import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { explain } from '../actions';

/** A part of the page whose code is loaded when it is first shown; from then on it is shown at once. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let Loaded: ComponentType<Props> | null = null;
  return function Lazy(props: Props) {
    const [failure, setFailure] = useState<string | null>(null);
    useEffect(() => {
      if (Loaded === null) {
        load().then(
          component => {
            Loaded = component;
            setFailure('');
          },
          error => setFailure(explain(error)),
        );
      }
    }, []);
    return Loaded ? <Loaded {...props} /> : <p class="blank quiet">{failure}</p>;
  };
}
