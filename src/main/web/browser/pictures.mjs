// Thumbnails and cameras on cards: which are requested and when, and what a card does without them. The server is scripted.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { launch, open, seriousFindings, WAIT } from './chromium.mjs';
import { printer, ScriptedBridge } from './scripted.mjs';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFElEQVR4nGP4z8DAwMDEAKIYGBgADhgBAsYxZ2YAAAAASUVORK5CYII=',
  'base64',
);

let browser;
let bridge;
/** The requests so far, such as `p-7/thumbnail`. */
let requests;
let running;
let mostRunning;

before(async () => {
  bridge = new ScriptedBridge();
  await bridge.start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  bridge.stop();
});

beforeEach(() => {
  bridge.size = 12;
  bridge.session = null;
  bridge.changed = status => status;
  answer(response => setTimeout(() => send(response), 20));
});

// A test that failed must not leave a page behind whose requests the next one counts.
afterEach(() => Promise.all(browser.contexts().map(context => context.close())));

/** Lets a function answer all requests for pictures, and counts them. */
function answer(how) {
  requests = [];
  running = mostRunning = 0;
  bridge.pictures = (response, id, kind) => {
    requests.push(`${id}/${kind}`);
    mostRunning = Math.max(mostRunning, ++running);
    response.on('close', () => running--);
    how(response, id, kind);
  };
}

const send = response => response.writeHead(200, { 'Content-Type': 'image/png' }).end(PICTURE);
const refuse = response => response.writeHead(404).end('{"status":404,"code":"no_picture","detail":"the file has no thumbnail"}');

/** What stands in sight: the printers of the cards and whether they show a picture. */
const inSight = page =>
  page.locator('.card').evaluateAll(cards =>
    cards
      .filter(card => card.getBoundingClientRect().top < innerHeight && card.getBoundingClientRect().bottom > 0)
      .map(card => card.dataset.id),
  );

const shown = page => page.locator('.thumbnail img').evaluateAll(images => images.map(image => image.closest('.card').dataset.id));

async function until(what, condition) {
  const limit = Date.now() + WAIT;
  while (!(await condition())) {
    assert.ok(Date.now() < limit, `${what}; requested: ${requests.join(' ')}`);
    await new Promise(later => setTimeout(later, 50));
  }
}

test('of 200 printers only those in sight have their thumbnail requested, each once and three at a time', async () => {
  bridge.size = 200;
  const { page, faults, close } = await open(browser, bridge.url, { viewport: { width: 1280, height: 720 } });
  const first = await inSight(page);
  assert.ok(first.length >= 12 && first.length <= 24, `${first.length} cards in sight`);
  await until('thumbnails in sight', async () => (await shown(page)).length === first.length);
  assert.deepEqual([...requests].sort(), first.map(id => `${id}/thumbnail`).sort());

  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const last = await inSight(page);
  assert.ok(last.every(id => !first.includes(id)));
  await until('thumbnails at the end', async () => (await shown(page)).length === first.length + last.length);
  await page.evaluate(() => scrollTo(0, 0));
  bridge.change(Number(first[0].slice(2)), 99);
  await page.locator('.card', { hasText: '99 %' }).first().waitFor();
  assert.equal(new Set(requests).size, requests.length, 'none twice');
  assert.equal(requests.length, first.length + last.length);
  assert.equal(mostRunning, 3);
  assert.equal(await page.locator('.card img').first().getAttribute('alt'), 'Picture of bracket.gcode');
  assert.deepEqual(faults, []);
  await close();
});

test('nothing moves when a picture arrives, and when it does not', async () => {
  const held = [];
  answer(response => held.push(response));
  for (const layout of ['cards', 'large']) {
    const { page, faults, close } = await open(browser, bridge.url, { preferences: { layout }, viewport: { width: 1280, height: 900 } });
    const places = () =>
      page.locator('.card *:not(img, svg, svg *, .camera p)').evaluateAll(all =>
        all.map(each => {
          const { x, y, width, height } = each.getBoundingClientRect();
          return [each.className, x, y, width, height].join(' ');
        }),
      );
    await until('requests', () => held.length === 3);
    const before = await places();
    const start = await page.evaluate(() => performance.now());
    for (let i = 0; i < 9 || held.length > 0; i++) {
      await until('a request', () => held.length > 0);
      i % 3 === 0 ? send(held.shift()) : i % 3 === 1 ? refuse(held.shift()) : held.shift().destroy();
      await page.waitForTimeout(30);
    }
    assert.ok((await page.locator('.card img').count()) >= 3);
    assert.ok((await page.locator('.thumbnail svg').count()) >= 3);
    assert.deepEqual(await places(), before);
    const shifted = await page.evaluate(
      since =>
        new Promise(found => {
          new PerformanceObserver(list =>
            found(
              list
                .getEntries()
                .filter(each => each.startTime >= since)
                .map(each => each.sources.map(source => source.node?.className)),
            ),
          ).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => found([]), 300);
        }),
      start,
    );
    assert.ok(!shifted.flat().some(name => /card|body|details|foot|head|thumbnail|camera/.test(name)), JSON.stringify(shifted));
    assert.deepEqual(await seriousFindings(page), [], layout);
    assert.deepEqual(faults, []);
    held.splice(0).forEach(refuse);
    await close();
  }
});

test('printers without pictures have no place for them, and ask for none', async () => {
  const without = [{ driver: 'duet' }, { job: null }, { state: 'offline', online: false }, { maintenance: { note: 'belt', since: '2030-01-01T00:00:00Z' }, state: 'idle' }];
  bridge.changed = status => ({ ...status, ...without[Number(status.id.slice(2)) % without.length] });
  const { page, close } = await open(browser, bridge.url, { preferences: { order: 'name' } });
  assert.equal(await page.locator('.card').count(), 12);
  await page.waitForTimeout(300);
  assert.equal(await page.locator('.thumbnail').count(), 0);
  assert.deepEqual(requests, []);
  await close();
});

test('the next print of the same file gets a picture of its own', async () => {
  bridge.size = 1;
  const { page, close } = await open(browser, bridge.url);
  const src = () => page.locator('.thumbnail img').getAttribute('src');
  const first = await src();
  const ended = { ...printer(0), state: 'finished', plate: { state: 'ready', since: '2030-01-01T01:00:00Z' }, last_job: { id: null, file: 'bracket.gcode', result: 'finished', ended_at: '2030-01-01T01:00:00Z' } };
  bridge.send(ended);
  await page.locator('.card', { hasText: 'Clear plate' }).waitFor();
  assert.equal(await page.locator('.thumbnail').count(), 0);
  bridge.send({ ...printer(0), last_job: ended.last_job });
  await page.locator('.card', { hasText: 'Printing' }).waitFor();
  await until('a picture of the next print', async () => ![first, null].includes(await src()));
  assert.equal(requests.length, 2);
  await close();
});

/** Opens large cards with a clock that the test moves. */
const openLarge = (options = {}) =>
  open(browser, bridge.url, { preferences: { layout: 'large' }, viewport: { width: 1280, height: 1200 }, isClockMoved: true, ...options });

test('large cards ask the cameras in sight one a second, again after 30 s, and none in a hidden tab', async () => {
  bridge.size = 60;
  const { page, faults, close } = await openLarge();
  const snapshots = () => requests.filter(each => each.endsWith('snapshot'));
  const visible = await page.locator('.camera').evaluateAll(cameras =>
    cameras.filter(each => each.getBoundingClientRect().top < innerHeight).map(each => `${each.closest('.card').dataset.id}/snapshot`),
  );
  assert.ok(visible.length >= 6 && visible.length <= 12, `${visible.length} in sight`);
  for (let second = 1; second <= 20; second++) {
    await page.clock.runFor(1000);
    await until('a picture a second', () => snapshots().length >= Math.min(second, visible.length));
    await until('the end of the request', () => running === 0);
    assert.ok(snapshots().length <= second + 1, `${snapshots().length} after ${second} s`);
  }
  assert.deepEqual(snapshots().sort(), visible.sort());
  await page.locator('.camera img').first().waitFor();
  assert.match(await page.locator('.camera img').first().getAttribute('alt'), /^What the camera of Printer \d+ saw at /);

  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.clock.runFor(60_000);
  assert.equal(snapshots().length, visible.length, 'hidden');
  await page.evaluate(() => {
    delete document.hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.clock.runFor(1000);
  await until('the next round', () => snapshots().length > visible.length);
  assert.deepEqual(faults, []);
  await close();
});

test('cameras that do not answer are asked two at a time, and thumbnails go on', async () => {
  bridge.size = 60;
  answer((response, id, kind) => kind === 'thumbnail' && setTimeout(() => send(response), 500));
  const { page, close } = await openLarge();
  await page.clock.runFor(10_000);
  await until('thumbnails', async () => (await shown(page)).length >= 6);
  assert.equal(requests.filter(each => each.endsWith('snapshot')).length, 2);
  assert.ok(mostRunning <= 3);
  await close();
});

test('a printer that has no camera keeps its place until the page is opened again', async () => {
  bridge.size = 1;
  answer((response, id, kind) => (kind === 'snapshot' ? refuse(response) : send(response)));
  const { page, close } = await openLarge();
  await page.clock.runFor(2000);
  await page.locator('.camera', { hasText: 'It has no camera.' }).waitFor();
  await page.clock.runFor(40_000);
  assert.deepEqual(requests.filter(each => each.endsWith('snapshot')), ['p-0/snapshot']);
  await page.reload();
  await page.locator('.card .details').waitFor();
  assert.equal(await page.locator('.camera').count(), 0);

  answer(send);
  await page.getByRole('link', { name: 'Printer 0', exact: true }).click();
  await page.getByRole('button', { name: 'Take a picture' }).click();
  await page.locator('.sheet .snapshot').waitFor();
  await page.reload();
  await page.locator('.card .camera').waitFor({ state: 'attached' });
  await close();
});

test('who may not see cameras sees no place for them, and asks for none', async () => {
  bridge.session = { role: 'viewer', rights: ['read'] };
  const { page, close } = await openLarge({ hash: '#/printer/p-0' });
  await page.locator('.sheet section').first().waitFor();
  await page.clock.runFor(5000);
  assert.equal(await page.locator('.camera').count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Take a picture' }).count(), 0);
  assert.deepEqual(requests.filter(each => each.endsWith('snapshot')), []);
  await close();
});
