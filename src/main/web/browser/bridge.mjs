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

// Below the ports that the system gives away, and others in each process: demos that start at the same time would take the same default ports.
let nextPort = 10_000 + (process.pid % 1_000) * 20;

async function freePort() {
  for (;;) {
    const port = nextPort++;
    const probe = createServer();
    const isFree = await new Promise(done => probe.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true)));
    if (isFree) {
      await new Promise(done => probe.close(done));
      return port;
    }
  }
}

/** Waits until all have started or failed, so that those that have can be stopped. Fails if one has failed. */
export async function allStarted(...starting) {
  const failed = (await Promise.allSettled(starting)).find(each => each.status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
}

export class DemoBridge {
  /**
   * @param config what differs from the default configuration
   * @param options of the command line
   */
  static async start(config = {}, options = []) {
    const folder = mkdtempSync(join(tmpdir(), 'printer2mqtt-browser-'));
    // The bridge refuses variables that it does not know.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PRINTER2MQTT_')));
    const file = join(folder, 'config.json');
    const ports = { http: { port: await freePort() }, broker: { port: await freePort() } };
    writeFileSync(file, JSON.stringify({ ...config, http: { ...ports.http, ...config.http }, broker: { ...ports.broker, ...config.broker } }));
    const java = spawn('java', ['-jar', jar, 'demo', '--config', file, ...options], { cwd: folder, env });
    let output = '';
    const started = new Promise((found, failed) => {
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
    try {
      const url = await started;
      // The lines after the start are printed at once.
      return new DemoBridge(java, url, folder, output);
    } catch (failure) {
      await new DemoBridge(java, '', folder, output).stop();
      throw failure;
    }
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
    if (this.java.exitCode === null && this.java.signalCode === null) {
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
