import { useState } from 'preact/hooks';
import { fieldErrors, post } from '../api/http';
import type { FieldError } from '../api/types';
import { explain, tell } from '../actions';
import { number, t } from '../text/language';
import { parseCsv, type Table } from '../text/csv';

const SECRETS = new Set(['api_key', 'username', 'password']);
const SHOWN_ROWS = 200;

/** Imports printers from a CSV file. Every row is shown before anything is stored; the bridge stores all or none. */
export function ImportScreen() {
  const [source, setSource] = useState('');
  const [table, setTable] = useState<Table | null>(null);
  const [wrong, setWrong] = useState<FieldError[]>([]);
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);

  const read = (text: string) => {
    setSource(text);
    setWrong([]);
    setFailure('');
    setTable(parseCsv(text));
  };
  const open = async (file: File | undefined) => {
    if (file) {
      read(decode(await file.arrayBuffer()));
    }
  };
  const store = async () => {
    setBusy(true);
    setFailure('');
    try {
      const { imported } = await post<{ imported: number }>('api/printers/import', source);
      tell(t('import.done', { count: number(imported) }));
      location.hash = '#/';
    } catch (error) {
      setWrong(fieldErrors(error));
      setFailure(explain(error));
      setBusy(false);
    }
  };
  return (
    <div class="page wide">
      <h1>{t('import.title')}</h1>
      <p class="quiet">{t('import.hint')}</p>
      <label class="field">
        <span>{t('import.file')}</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          onChange={event => void open(event.currentTarget.files?.[0])}
        />
      </label>
      <label class="field">
        <span>{t('import.or_paste')}</span>
        <textarea
          rows={4}
          spellcheck={false}
          placeholder="name,driver,address,api_key,group"
          onInput={event => read(event.currentTarget.value)}
        />
      </label>
      <div aria-live="polite">
        {wrong.length > 0 ? (
          <div class="wrong">
            <p>{t('import.refused')}</p>
            <ul>
              {wrong.map((error, i) => (
                <li key={i}>
                  {error.field}: {error.detail}
                </li>
              ))}
            </ul>
          </div>
        ) : (
          failure && <p class="wrong">{failure}</p>
        )}
      </div>
      {table && table.rows.length > 0 && (
        <>
          <Preview table={table} wrong={wrong} />
          <div class="buttons">
            <button type="button" class="button primary" disabled={busy} aria-busy={busy} onClick={() => void store()}>
              {t('import.run', { count: number(table.rows.length) })}
            </button>
          </div>
        </>
      )}
    </div>
  );
}

/** By the byte order mark, otherwise UTF-8, otherwise the charset in which spreadsheets save. The bridge gets UTF-8. */
function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes);
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function Preview({ table, wrong }: { table: Table; wrong: FieldError[] }) {
  const lines = new Set(wrong.map(error => /^line (\d+)/.exec(error.field)?.[1] ?? ''));
  const rest = table.rows.length - SHOWN_ROWS;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('import.title')}>
      <p class="quiet">{t('import.rows', { count: number(table.rows.length) })}</p>
      <table class="printers preview">
        <thead>
          <tr>
            <th scope="col" class="number">{t('import.line')}</th>
            {table.columns.map((column, i) => (
              <th key={i} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, SHOWN_ROWS).map(row => (
            <tr key={row.line} class={lines.has(String(row.line)) ? 'bad' : ''}>
              <td class="number">{row.line}</td>
              {table.columns.map((column, i) => (
                <td key={i}>{SECRETS.has(column) && row.cells[i] ? t('import.hidden') : row.cells[i]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <p class="quiet">{t('import.more', { count: number(rest) })}</p>}
    </div>
  );
}
