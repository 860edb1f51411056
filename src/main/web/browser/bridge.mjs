// The demo of the bridge, from the jar that Maven built, and a way to cut one of its printers off.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const jar = resolve(process.env.PRINTER2MQTT_JAR ?? join(dirname(fileURLToPath(import.meta.url)), '../../../../target/printer2mqtt.jar'));
// Only for a demo that hangs: one that ends is noticed at once.
const START_LIMIT = 240_000;

export class DemoBridge {
  /**
   * @param config what differs from the default configuration
   * @param options of the command line
   */
  static async start(config = {}, options = []) {
    const folder = mkdtempSync(join(tmpdir(), 'printer2mqtt-browser-'));
    // The bridge refuses variables that it does not know. Ports in use are replaced by the next free ones.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PRINTER2MQTT_')));
    const file = join(folder, 'config.json');
    writeFileSync(file, JSON.stringify(config));
    const java = spawn('java', ['-jar', jar, 'demo', '--config', file, ...options], { cwd: folder, env });
    let output = '';
    const url = await new Promise((found, failed) => {
      const limit = setTimeout(() => failed(new Error(`the demo did not start:\n${output}`)), START_LIMIT);
      const read = text => {
        output += text;
        const api = /API +(http:\S+)/.exec(output);
        if (api) {
          clearTimeout(limit);
          found(api[1]);
        }
      };
      java.stdout.on('data', read);
      java.stderr.on('data', read);
      java.on('exit', () => failed(new Error(`the demo ended:\n${output}`)));
    });
    // The lines after the start are printed at once.
    return new DemoBridge(java, url, folder, output);
  }

  constructor(java, url, folder, output) {
    this.output = output;
    this.java = java;
    this.url = url;
    this.folder = folder;
  }

  async api(method, path, body) {
    const response = await fetch(`${this.url}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
    return response.status === 204 ? undefined : response.json();
  }

  async stop() {
    if (this.java.exitCode === null) {
      const ended = new Promise(done => this.java.once('exit', done));
      this.java.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Forwards to a printer, and refuses connections while it is closed. */
export class Outlet {
  constructor(target) {
    this.target = target;
    this.sockets = new Set();
    this.port = 0;
  }

  async open() {
    this.server = createServer(client => {
      const printer = connect({ host: this.target.hostname, port: Number(this.target.port) });
      for (const socket of [client, printer]) {
        this.sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          this.sockets.delete(socket);
          client.destroy();
          printer.destroy();
        });
      }
      client.pipe(printer).pipe(client);
    });
    await new Promise(done => this.server.listen(this.port, '127.0.0.1', done));
    this.port = this.server.address().port;
  }

  async close() {
    const closed = new Promise(done => this.server.close(done));
    this.sockets.forEach(socket => socket.destroy());
    await closed;
  }
}
