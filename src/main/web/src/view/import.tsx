import { useState } from 'preact/hooks';
import { fieldErrors, post } from '../api/http';
import type { FieldError, Registration } from '../api/types';
import { explain, explainField, tell } from '../actions';
import { number, t } from '../text/language';
import { parseCsv, type Table } from '../text/csv';
import { Failure, useTask } from './form';

const SECRETS = new Set(['api_key', 'username', 'password']);
const SHOWN_ROWS = 200;

/** Files that can be imported, by the names that the API has for them. */
const FORMATS = { csv: 'CSV', json: 'JSON', octofarm: 'OctoFarm', fdm_monster: 'FDM Monster' };
type Format = keyof typeof FORMATS;

interface Source {
  text: string;
  format: Format;
}

/** Imports printers from a file. Every row is shown before anything is stored; the bridge stores all or none. */
export function ImportScreen() {
  const [source, setSource] = useState<Source>({ text: '', format: 'csv' });
  const [table, setTable] = useState<Table | null>(null);
  const [wrong, setWrong] = useState<FieldError[]>([]);
  const [failure, setFailure] = useState('');
  const task = useTask();

  const send = <Answer,>({ text, format }: Source, step = '') => post<Answer>(`api/printers/import${step}?format=${format}`, text);
  const reason = (error: unknown) => {
    setWrong(fieldErrors(error));
    setFailure(explain(error));
    return '';
  };
  /** A table is shown as it is in the file, everything else as the bridge understands it. */
  const read = (text: string, format: Format = 'csv') => {
    const given = { text, format };
    setSource(given);
    setWrong([]);
    setFailure('');
    setTable(null);
    if (format === 'csv') {
      setTable(parseCsv(text));
    } else {
      void task.run(async () => setTable(tableOf((await send<{ printers: Registration[] }>(given, '/preview')).printers)), reason);
    }
  };
  const open = async (file: File | undefined) => {
    if (file) {
      const text = decode(await file.arrayBuffer());
      read(text, formatOf(text));
    }
  };
  const store = async () => {
    const { imported } = await send<{ imported: number }>(source);
    tell(t('import.done', { count: number(imported) }));
    location.hash = '#/';
  };
  return (
    <div class="page wide">
      <h1>{t('import.title')}</h1>
      <p class="quiet">{t('import.hint')}</p>
      <label class="field">
        <span>{t('import.file')}</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,.json,.yaml,.yml"
          disabled={task.busy}
          onChange={event => void open(event.currentTarget.files?.[0])}
        />
      </label>
      <label class="field">
        <span>{t('import.or_paste')}</span>
        <textarea
          rows={4}
          spellcheck={false}
          placeholder="name,driver,address,api_key,group"
          disabled={task.busy}
          onInput={event => read(event.currentTarget.value)}
        />
      </label>
      <div aria-live="polite">
        {wrong.length > 0 ? (
          <div class="wrong">
            <p>
              {FORMATS[source.format]}. {t('import.refused')}
            </p>
            <ul>
              {wrong.map((error, i) => (
                <li key={i}>{explainRow(error)}</li>
              ))}
            </ul>
          </div>
        ) : (
          <Failure text={failure} />
        )}
      </div>
      {table && table.rows.length > 0 && (
        <>
          <Preview table={table} format={source.format} wrong={wrong} />
          <div class="buttons">
            <button type="button" class="button primary" disabled={task.busy} aria-busy={task.busy} onClick={() => void task.run(store, reason)}>
              {t('import.run', { count: number(table.rows.length) })}
            </button>
          </div>
        </>
      )}
    </div>
  );
}

/** The kind of a file by its content. The request names it, so that it is read as what is shown. */
function formatOf(text: string): Format {
  if (/^\s*[[{]/.test(text)) {
    return /"printerURL"\s*:/.test(text) ? 'octofarm' : 'json';
  }
  return /^(printers|exportedAt|config):(\s|$)/m.test(text) ? 'fdm_monster' : 'csv';
}

function tableOf(printers: Registration[]): Table {
  return {
    columns: ['name', 'driver', 'address', 'group', 'credentials'],
    rows: printers.map(({ name, driver, address, group, has_credentials }, i) => ({
      line: i + 1,
      cells: [name, driver, address, group ?? '', has_credentials ? t('import.hidden') : ''],
    })),
  };
}

/** `line 4, group: …` in the chosen language, as far as the field is known. Fields have the names that the file has. */
function explainRow(error: FieldError): string {
  const place = error.field.replace(/^line/, t('import.line')).replace(/^printer /, `${t('column.name')} `);
  const field = error.field.replace(/^(\w+ \d+, |\[\d+]\.)/, '').replace('printerURL', 'address');
  return `${place}: ${explainField(null, { ...error, field })}`;
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

function Preview({ table, format, wrong }: { table: Table; format: Format; wrong: FieldError[] }) {
  const lines = new Set(wrong.map(error => /^line (\d+)/.exec(error.field)?.[1] ?? ''));
  const rest = table.rows.length - SHOWN_ROWS;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('import.title')}>
      <p class="quiet">
        {FORMATS[format]}: {t('import.rows', { count: number(table.rows.length) })}
      </p>
      <table class="printers preview">
        <thead>
          <tr>
            <th scope="col" class="number">
              {format === 'csv' ? t('import.line') : '#'}
            </th>
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
