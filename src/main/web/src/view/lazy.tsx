import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { explain } from '../actions';

/** A screen whose code is loaded when it is opened. */
export function Lazy({ load }: { load: () => Promise<ComponentType> }) {
  const [screen, setScreen] = useState<{ Screen: ComponentType } | null>(null);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    load().then(
      Screen => setScreen({ Screen }),
      error => setFailure(explain(error)),
    );
  }, []);
  return screen ? <screen.Screen /> : <p class="blank quiet">{failure}</p>;
}
