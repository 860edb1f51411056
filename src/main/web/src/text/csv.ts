/** The cells of a CSV text as the bridge reads them, for a preview. Rows without values are left out. */
export interface Table {
  columns: string[];
  /** Each row with the number of its line. */
  rows: { line: number; cells: string[] }[];
}

export function parseCsv(text: string): Table {
  const source = text.replace(/^\uFEFF/, '');
  const lines = cellsOf(source, delimiterOf(source)).filter(row => row.cells.some(cell => cell.trim() !== ''));
  const [head, ...rows] = lines;
  return { columns: head?.cells.map(cell => cell.trim()) ?? [], rows };
}

function delimiterOf(text: string): string {
  const head = text.split(/\r?\n/).find(line => line.trim() !== '') ?? '';
  return [',', ';', '\t'].reduce((best, next) => (head.split(next).length > head.split(best).length ? next : best));
}

function cellsOf(text: string, delimiter: string): Table['rows'] {
  const rows: Table['rows'] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let start = 1;
  const endRow = () => {
    rows.push({ line: start, cells: [...cells, cell] });
    cells = [];
    cell = '';
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '\n') {
      line++;
    }
    if (quoted) {
      if (char !== '"') {
        cell += char;
      } else if (text[i + 1] === '"') {
        cell += text[++i]!;
      } else {
        quoted = false;
      }
    } else if (char === '"' && cell === '') {
      quoted = true;
    } else if (char === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (char === '\n') {
      endRow();
      start = line;
    } else if (char !== '\r') {
      cell += char;
    }
  }
  endRow();
  return rows;
}
