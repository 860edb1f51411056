import { useEffect, useState } from 'preact/hooks';
import { get } from '../../api/http';
import { explain } from '../../actions';

/** What the API answers at a path; null until then. `load` requests it again. */
export function useLoaded<T>(path: string): { value: T | null; failure: string; load: () => Promise<void> } {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState('');
  const load = () =>
    get<T>(path).then(
      answer => {
        setValue(answer);
        setFailure('');
      },
      error => setFailure(explain(error)),
    );
  useEffect(() => void load(), [path]);
  return { value, failure, load };
}
