// A bridge with a script instead of printers: it serves the built page, and a stream of as many printers as wanted.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = join(dirname(fileURLToPath(import.meta.url)), '../../resources/web');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const NOBODY = { user: null, role: null, setup_required: false, login_required: true, csrf: null };
const heater = { actual: 215, target: 215 };

export function printer(i) {
  return {
    id: `p-${i}`, name: `Printer ${i}`, driver: 'moonraker', model: i % 2 ? 'MK4' : 'Voron', group: `shelf-${i % 10}`, tags: [],
    state: 'printing', message: null, online: true,
    temperatures: { nozzle: heater, nozzles: [heater], bed: heater, chamber: null },
    job: { id: null, file: 'bracket.gcode', progress: i % 100, elapsed: 60, remaining: 6000, finish_at: `2030-01-01T${String(i % 24).padStart(2, '0')}:00:00Z`, layer: 1, layers: 9, stale: false },
    last_job: null, speed: 100, fan: 40, plate: { state: 'in_use', since: '2030-01-01T00:00:00Z' }, maintenance: null, light: true, capabilities: ['pause', 'cancel', 'light', 'speed'],
    poll: { observed_at: new Date().toISOString(), latency_ms: 20, failures: 0, reason: null },
  };
}

/** Three hours, of which the first is the heating of a print. */
function temperatures() {
  const at = Array.from({ length: 180 }, (each, i) => new Date(Date.now() - (179 - i) * 60_000).toISOString());
  const curve = (target, actual) => ({ actual: at.map((each, i) => actual(i)), target: at.map(() => target) });
  return {
    printer: 'p-7', interval: 60, at,
    nozzle: curve(215, i => Math.min(214.8, 20 + 4 * i)),
    bed: curve(60, i => (i === 100 ? null : Math.min(60, 20 + i))),
    chamber: curve(null, () => null),
  };
}

/** Serves the built page below a path, with a stream of any number of printers. */
export class ScriptedBridge {
  /** @param pages the folder of the built page */
  constructor(pages = web) {
    this.pages = pages;
  }

  prefix = '/hall/printers/';
  token = null;
  session = null;
  size = 12;
  commands = [];
  /** How a printer differs. */
  changed = status => status;
  /** Answers a request for a picture: `answer(response, printer, kind)`. */
  pictures = response => response.writeHead(404).end('{"status":404,"code":"no_picture","detail":""}');
  streams = new Set();

  async start() {
    this.server = createServer((request, response) => this.answer(request, response));
    await new Promise(done => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${this.server.address().port}${this.prefix}`;
  }

  answer(request, response) {
    const path = request.url.startsWith(this.prefix) ? request.url.slice(this.prefix.length) : null;
    if (path === 'api/stream' && this.isAllowed(request)) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      const printers = Array.from({ length: this.size }, (each, i) => this.changed(printer(i)));
      response.write(`id: 1\nevent: snapshot\ndata: ${JSON.stringify({ printers, counts: {}, version: 1 })}\n\n`);
      this.streams.add(response);
      request.on('close', () => this.streams.delete(response));
    } else if (path === 'api/alerts' && this.isAllowed(request)) {
      response.end('{"alerts":[]}');
    } else if (path?.includes('/commands/')) {
      request.on('data', body => this.commands.push(`${path} ${body}`)).on('end', () => response.writeHead(202).end('{"status":"accepted"}'));
    } else if (/\/(thumbnail|snapshot)$/.test(path)) {
      const [, , id, kind] = path.split('/');
      this.pictures(response, id, kind);
    } else if (path?.endsWith('/temperatures')) {
      response.end(JSON.stringify(temperatures()));
    } else if (path === 'api/session' && (this.isAllowed(request) || !request.headers.authorization)) {
      response.end(JSON.stringify({ ...NOBODY, ...(this.isAllowed(request) ? (this.session ?? { role: 'admin', rights: ['camera'] }) : {}) }));
    } else if (path === null || path.startsWith('api/')) {
      response.writeHead(path === null ? 404 : 401).end('{"status":401,"code":"unauthorized","detail":""}');
    } else {
      const file = path === '' ? 'index.html' : path;
      response.writeHead(200, { 'Content-Type': types[extname(file)] }).end(readFileSync(join(this.pages, file)));
    }
  }

  isAllowed(request) {
    return this.token === null || request.headers.authorization === `Bearer ${this.token}`;
  }

  change(i, progress) {
    const status = printer(i);
    status.job.progress = progress;
    this.send(status);
  }

  send(status) {
    this.streams.forEach(stream => stream.write(`id: 1\nevent: change\ndata: ${JSON.stringify(status)}\n\n`));
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
