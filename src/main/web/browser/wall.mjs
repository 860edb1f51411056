// The wall with 20, 100 and 1,000 printers, and with a bridge that stops and returns; the server is scripted.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, open, seriousFindings } from './chromium.mjs';

const web = join(dirname(fileURLToPath(import.meta.url)), '../../resources/web');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const STATES = ['printing', 'printing', 'printing', 'idle', 'printing', 'offline', 'paused', 'finished', 'printing', 'preparing'];

function printer(i) {
  const state = STATES[i % STATES.length];
  const prints = state === 'printing' || state === 'paused';
  return {
    id: `p-${i}`, name: `Printer ${i}`, group: `shelf-${i % 10}`, state,
    progress: prints ? (i * 7) % 100 : null, finish_at: prints ? new Date(Date.now() + i * 60_000).toISOString() : null,
    plate: state === 'finished' ? { state: 'ready', since: new Date().toISOString() } : null, alert: null,
  };
}

/** Serves the built page below a path, with the stream of a wall. */
class WallBridge {
  prefix = '/hall/';
  size = 20;
  token = null;
  streams = new Set();
  port = 0;

  async start() {
    this.server = createServer((request, response) => this.answer(request, response));
    await new Promise(done => this.server.listen(this.port, '127.0.0.1', done));
    this.port = this.server.address().port;
    this.url = `http://127.0.0.1:${this.port}${this.prefix}wall`;
    this.heartbeat = setInterval(() => this.streams.forEach(stream => stream.write(': heartbeat\n\n')), 2000);
  }

  answer(request, response) {
    const path = request.url.startsWith(this.prefix) ? request.url.slice(this.prefix.length).split('?')[0] : null;
    if (path === 'api/wall' && (this.token === null || request.headers.authorization === `Bearer ${this.token}`)) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      this.streams.add(response);
      request.on('close', () => this.streams.delete(response));
      this.write(response, 'snapshot', { printers: Array.from({ length: this.size }, (each, i) => printer(i)) });
    } else if (path === null || path.startsWith('api/')) {
      response.writeHead(path === null ? 404 : 401).end('{"status":401,"code":"unauthorized","detail":""}');
    } else {
      const file = path === 'wall' ? 'wall.html' : path;
      response.writeHead(200, { 'Content-Type': types[extname(file)] }).end(readFileSync(join(web, file)));
    }
  }

  write(stream, event, data) {
    stream.write(`retry: 1000\n\nid: 1\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  change(i, differences) {
    this.streams.forEach(stream => this.write(stream, 'change', { ...printer(i), ...differences }));
  }

  async stop() {
    clearInterval(this.heartbeat);
    const closed = new Promise(done => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }
}

let browser;
const bridge = new WallBridge();
const SCREEN = { width: 1920, height: 1080 };

before(async () => {
  await bridge.start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await bridge.stop();
});

async function wall(size, options = {}) {
  bridge.size = size;
  const { ready = '.tile, .block', ...more } = options;
  return open(browser, bridge.url, { viewport: SCREEN, ready, ...more });
}

/** What sticks out of the screen, and what would scroll. */
async function overflow(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const shown = [...document.querySelectorAll('.tile, .block, .wall-top > *, .band')].filter(each => each.checkVisibility());
    const outside = shown.filter(each => {
      const box = each.getBoundingClientRect();
      return box.width < 1 || box.height < 1 || box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
    });
    return [root.scrollWidth > innerWidth, root.scrollHeight > innerHeight, outside.map(each => each.className)];
  });
}

for (const [size, columns, rows] of [
  [20, 5, 4],
  [100, 12, 9],
]) {
  test(`${size} printers stand in ${columns} columns and ${rows} rows without scroll bars`, async () => {
    const { page, faults, close } = await wall(size);
    const grid = await page.locator('.tiles').evaluate(tiles => {
      const { gridTemplateColumns, gridTemplateRows } = getComputedStyle(tiles);
      return [gridTemplateColumns, gridTemplateRows].map(tracks => tracks.split(' ').length);
    });
    assert.deepEqual(grid, [columns, rows]);
    assert.equal(await page.locator('.tile').count(), size);
    assert.deepEqual(await overflow(page), [false, false, []]);
    for (const viewport of [{ width: 3840, height: 2160 }, { width: 1080, height: 1920 }, { width: 390, height: 844 }]) {
      await page.setViewportSize(viewport);
      await page.waitForFunction(() => document.querySelector('.wall-fleet').firstElementChild.getBoundingClientRect().right <= innerWidth);
      assert.deepEqual(await overflow(page), [false, false, []], JSON.stringify(viewport));
    }
    assert.deepEqual(faults, []);
    await close();
  });
}

test('1,000 printers are one block a group, of which ten changes a second cost little', async () => {
  const { page, faults, close } = await wall(1000);
  assert.equal(await page.locator('.block').count(), 10);
  assert.equal(await page.locator('.cells i').count(), 1000);
  assert.deepEqual(await overflow(page), [false, false, []]);
  const squares = await page.locator('.cells').evaluateAll(all =>
    all.map(cells => cells.lastElementChild.getBoundingClientRect().bottom <= cells.getBoundingClientRect().bottom + 1),
  );
  assert.ok(squares.every(Boolean));

  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busy = async () => (await session.send('Performance.getMetrics')).metrics.find(each => each.name === 'TaskDuration').value;
  await page.evaluate(() => {
    window.paints = 0;
    let isDue = false;
    new MutationObserver(() => {
      window.paints += isDue ? 0 : 1;
      isDue = true;
      requestAnimationFrame(() => (isDue = false));
    }).observe(document.querySelector('.wall'), { subtree: true, childList: true, characterData: true, attributes: true });
  });
  const seconds = 10;
  const from = await busy();
  const began = Date.now();
  for (let step = 0; step < seconds * 10; step++) {
    bridge.change(step * 3, step % 2 ? { progress: step } : { state: 'error', alert: 'error' });
    await page.waitForTimeout(Math.max(0, began + (step + 1) * 100 - Date.now()));
  }
  const took = (Date.now() - began) / 1000;
  const share = ((await busy()) - from) / took;
  const paints = await page.evaluate(() => window.paints);
  console.log(`wall of 1,000, ten changes a second: ${(share * 100).toFixed(1)} % of a core, ${(paints / took).toFixed(1)} paints a second`);
  assert.ok(paints > 0 && paints <= 2 * took + 2, `${paints} paints in ${took} s`);
  assert.ok(share < 0.5, `${share} of a core`);
  assert.deepEqual(faults, []);
  await close();
});

test('who is needed stands in the band, and nothing changes its place', async () => {
  const { page, faults, close } = await wall(100);
  await page.locator('.band', { hasText: 'Nobody is needed' }).waitFor();
  const places = () => page.locator('.tile').evaluateAll(tiles => tiles.map(({ dataset, offsetLeft, offsetTop }) => [dataset.id, offsetLeft, offsetTop].join()));
  const before = await places();
  bridge.change(42, { state: 'error', alert: 'error', progress: null });
  bridge.change(7, { state: 'printing', alert: 'stalled' });
  bridge.change(5, { state: 'offline', alert: 'offline' });
  const band = page.getByRole('region', { name: 'Act now' });
  await band.filter({ hasText: '2 Act now' }).waitFor();
  assert.deepEqual((await band.locator('li').allInnerTexts()).map(text => text.replace(/\s+/g, ' ').trim()), ['Printer 42 Error', 'Printer 7 No progress']);
  assert.deepEqual(await places(), before);
  await page.locator('.tile.act.look-error', { hasText: 'Printer 42' }).waitFor();
  bridge.change(42, { state: 'idle' });
  bridge.change(7, {});
  await page.locator('.band', { hasText: 'Nobody is needed' }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('a token is taken out of the address and sent in a header', async () => {
  bridge.token = 'wall-token';
  const { page, close } = await wall(20, { hash: '#wall-token' });
  assert.equal(page.url(), bridge.url);
  await page.reload();
  await page.locator('.tile').first().waitFor();
  await close();
  const denied = await wall(20, { hash: '#wrong', ready: '.wall-outage.denied' });
  await denied.page.evaluate(() => (location.hash = '#wall-token'));
  await denied.page.locator('.tile').first().waitFor();
  await denied.close();
  bridge.token = null;
});

test('ten seconds without data raise a banner, and the wall recovers by itself', async () => {
  const { page, faults, close } = await wall(20);
  await bridge.stop();
  const from = Date.now();
  await page.locator('.wall-outage.lost', { hasText: 'No data since' }).waitFor();
  const after = (Date.now() - from) / 1000;
  assert.ok(after > 6 && after < 14, `${after} s`);
  bridge.size = 21;
  await bridge.start();
  await page.locator('.tile', { hasText: 'Printer 20' }).waitFor();
  await page.locator('.wall-outage').waitFor({ state: 'detached' });
  assert.deepEqual(faults, []);
  await close();
});

test('the screen is dim in hours that its address or a person sets, and remembers them', async () => {
  const hour = new Date().getHours();
  bridge.size = 20;
  const { page, faults, close } = await open(browser, bridge.url, { viewport: SCREEN, hash: `?dim=${hour}-${(hour + 2) % 24}&lang=de&theme=light`, ready: '.tile' });
  await page.locator('.wall-dim').waitFor();
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  await page.locator('.band', { hasText: 'Niemand wird gebraucht' }).waitFor();
  await page.goto(bridge.url);
  await page.locator('.wall-dim').waitFor();
  await page.locator('summary').click();
  await page.getByRole('button', { name: 'Nicht abdunkeln' }).click();
  await page.locator('.wall-dim').waitFor({ state: 'detached' });
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'light');
  await page.getByLabel('von').fill(`${String(hour).padStart(2, '0')}:00`);
  await page.getByLabel('bis').fill(`${String((hour + 2) % 24).padStart(2, '0')}:00`);
  await page.getByRole('button', { name: 'Bildschirm abdunkeln' }).click();
  await page.locator('.wall-dim').waitFor();
  assert.deepEqual(faults, []);
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing serious on the wall in the ${colorScheme} theme`, async () => {
    for (const size of [20, 300]) {
      const { page, close } = await wall(size, { colorScheme });
      bridge.change(3, { state: 'error', alert: 'error' });
      bridge.change(4, { alert: 'stalled' });
      await page.locator('.band.acting', { hasText: '2' }).waitFor();
      await page.locator('summary').click();
      assert.deepEqual(await seriousFindings(page), [], `${size}`);
      await close();
    }
  });
}
