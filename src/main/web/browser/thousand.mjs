// The page with 1,000 printers, and with a bridge that needs a token; the server is scripted.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, open } from './chromium.mjs';

const web = join(dirname(fileURLToPath(import.meta.url)), '../../resources/web');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const NOBODY = { user: null, role: null, setup_required: false, login_required: true, csrf: null };
const heater = { actual: 215, target: 215 };

function printer(i) {
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
class ScriptedBridge {
  prefix = '/hall/printers/';
  token = null;
  session = null;
  size = 12;
  commands = [];
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
      const printers = Array.from({ length: this.size }, (each, i) => printer(i));
      response.write(`id: 1\nevent: snapshot\ndata: ${JSON.stringify({ printers, counts: {}, version: 1 })}\n\n`);
      this.streams.add(response);
      request.on('close', () => this.streams.delete(response));
    } else if (path === 'api/alerts' && this.isAllowed(request)) {
      response.end('{"alerts":[]}');
    } else if (path?.includes('/commands/')) {
      request.on('data', body => this.commands.push(`${path} ${body}`)).on('end', () => response.writeHead(202).end('{"status":"accepted"}'));
    } else if (path?.endsWith('/temperatures')) {
      response.end(JSON.stringify(temperatures()));
    } else if (path === 'api/session' && (this.isAllowed(request) || !request.headers.authorization)) {
      response.end(JSON.stringify({ ...NOBODY, ...(this.isAllowed(request) ? (this.session ?? { role: 'admin' }) : {}) }));
    } else if (path === null || path.startsWith('api/')) {
      response.writeHead(path === null ? 404 : 401).end('{"status":401,"code":"unauthorized","detail":""}');
    } else {
      const file = path === '' ? 'index.html' : path;
      response.writeHead(200, { 'Content-Type': types[extname(file)] }).end(readFileSync(join(web, file)));
    }
  }

  isAllowed(request) {
    return this.token === null || request.headers.authorization === `Bearer ${this.token}`;
  }

  change(i, progress) {
    const status = printer(i);
    status.job.progress = progress;
    this.streams.forEach(stream => stream.write(`id: 1\nevent: change\ndata: ${JSON.stringify(status)}\n\n`));
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

let browser;
const bridge = new ScriptedBridge();

before(async () => {
  await bridge.start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  bridge.stop();
});

test('1,000 printers below a path, of which ten change each second, cost little', async () => {
  bridge.size = 1000;
  const { page, faults, close } = await open(browser, bridge.url, { viewport: { width: 1920, height: 1080 } });
  assert.equal(await page.locator('.card').count(), 1000);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busy = async () => (await session.send('Performance.getMetrics')).metrics.find(each => each.name === 'TaskDuration').value;
  // Counts the cards that are rendered again, by their text.
  await page.evaluate(() => {
    window.changed = new Set();
    new MutationObserver(records =>
      records.forEach(record => window.changed.add((record.target.closest ?? record.target.parentElement.closest).call(record.target.closest ? record.target : record.target.parentElement, '.card')?.dataset.id)),
    ).observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true, attributes: true });
  });
  const from = await busy();
  const seconds = 5;
  for (let step = 0; step < seconds * 10; step++) {
    bridge.change(step, 100);
    await page.waitForTimeout(100);
  }
  const share = ((await busy()) - from) / seconds;
  const changed = await page.evaluate(() => [...window.changed]);
  console.log(`1,000 printers, ten changes a second: ${(share * 100).toFixed(1)} % of a core, ${changed.length} cards rendered for 50 changes`);
  assert.ok(changed.length >= 40 && changed.length <= 50, changed.join());
  assert.ok(share < 0.5, `${share} of a core`);
  assert.deepEqual(faults, []);
  bridge.size = 12;
  await close();
});

test('temperatures are drawn, and stand in a table', async () => {
  const { page, faults, close } = await open(browser, bridge.url, { hash: '#/printer/p-7' });
  const plot = page.getByRole('img', { name: /^Temperatures from \d\d:\d\d to/ });
  await plot.scrollIntoViewIfNeeded();
  assert.deepEqual(await plot.locator('.curve').evaluateAll(curves => curves.map(curve => curve.textContent)), ['Nozzle', 'Bed']);
  const shapes = await plot.locator('.curve.bed path:not(.target)').evaluate(path => {
    const box = path.getBBox();
    return { lines: path.getAttribute('d').match(/M/g).length, wide: box.width > 200, high: box.height > 15 };
  });
  assert.deepEqual(shapes, { lines: 2, wide: true, high: true });
  await plot.hover({ position: { x: 300, y: 60 } });
  await page.locator('figcaption', { hasText: 'Nozzle 214.8 / 215 °C, Bed 60.0 / 60 °C' }).waitFor();
  await page.getByText('Last 3 hours as a table').click();
  const rows = page.locator('.samples tbody tr');
  assert.equal(await rows.count(), 180);
  assert.match(await rows.nth(79).innerText(), /214\.8 \/ 215 °C\s+–/);
  assert.deepEqual(faults, []);
  await close();
});

test('light and speed are sent as the API takes them', async () => {
  const { page, faults, close } = await open(browser, bridge.url, { hash: '#/printer/p-7' });
  await page.getByRole('button', { name: 'Light off' }).click();
  await page.locator('.notice', { hasText: 'Light off' }).waitFor();
  await page.getByRole('button', { name: 'Set speed' }).click();
  await page.getByLabel('Speed in percent').fill('120');
  await page.locator('dialog').getByRole('button', { name: 'Set speed' }).click();
  await page.locator('.notice', { hasText: 'Set speed' }).waitFor();
  assert.deepEqual(bridge.commands, ['api/printers/p-7/commands/light {"on":false}', 'api/printers/p-7/commands/speed {"percent":120}']);
  assert.deepEqual(faults, []);
  await close();
});

test('a viewer may look and not command', async () => {
  bridge.session = { user: 'eve', role: 'viewer' };
  const { page, faults, close } = await open(browser, bridge.url, { hash: '#/printer/p-7' });
  await page.locator('.sheet', { hasText: 'may look, but not command' }).waitFor();
  for (const name of ['Add printer', 'Pause', 'Remove printer', 'Run a diagnosis', 'Put into maintenance']) {
    assert.equal(await page.getByRole('button', { name }).or(page.getByRole('link', { name })).count(), 0, name);
  }
  assert.deepEqual(faults, []);
  bridge.session = null;
  await close();
});

test('a bridge with a token asks for it once in a tab', async () => {
  bridge.token = 'correct-horse-battery';
  const { page, close } = await open(browser, bridge.url);
  await page.getByText('Use a token instead').click();
  await page.getByLabel('Token').fill('wrong');
  await page.getByRole('button', { name: 'Use this token' }).click();
  await page.locator('.wrong').waitFor();
  await page.getByLabel('Token').fill(bridge.token);
  await page.getByRole('button', { name: 'Use this token' }).click();
  await page.locator('.card').first().waitFor();
  await page.reload();
  await page.locator('.card').first().waitFor();
  assert.ok(!page.url().includes(bridge.token));
  await close();
});
