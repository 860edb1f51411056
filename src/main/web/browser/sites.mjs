// Printers of several sites with the same id: told apart, filtered, commanded at their own site, and shown as old while it is gone.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { launch, open, seriousFindings, WAIT } from './chromium.mjs';
import { printer, ScriptedBridge } from './scripted.mjs';

let browser;
let bridge;
let page;
let view;

/** The first printer of each of three sites; the first site is the bridge's own. */
const ofSite = (site, differences = {}) => ({ ...printer(0), name: `First of ${site ?? 'here'}`, site, ...differences });
const SITES = [null, 'north', 'south'];

before(async () => {
  bridge = new ScriptedBridge();
  bridge.size = SITES.length;
  bridge.changed = status => ofSite(SITES[Number(status.id.slice(2))]);
  await bridge.start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  bridge.stop();
});

beforeEach(async () => {
  view = await open(browser, bridge.url);
  page = view.page;
  await page.locator('.card').nth(2).waitFor(WAIT);
});

afterEach(async () => {
  assert.deepEqual(view.faults, []);
  await view.close();
});

const names = () => page.locator('.card .name').allTextContents();
const gone = { online: false, poll: { observed_at: new Date(Date.now() - 600_000).toISOString(), latency_ms: 20, failures: 0, reason: 'site_unreachable' } };

test('each printer has a card, and a badge or the list filters by site', async () => {
  assert.deepEqual((await names()).sort(), ['First of here', 'First of north', 'First of south']);
  await page.locator('.card', { hasText: 'First of north' }).locator('.badge', { hasText: 'north' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.card').length === 1);
  assert.deepEqual(await names(), ['First of north']);
  await page.getByLabel('Site', { exact: true }).selectOption('south');
  await page.locator('.card', { hasText: 'First of south' }).waitFor(WAIT);
  assert.deepEqual(await seriousFindings(page), []);
});

test('a command goes to the site of the printer, whose sheet shows nothing that is only there', async () => {
  await page.locator('.card', { hasText: 'First of north' }).locator('.name').click();
  assert.equal(new URL(page.url()).hash, '#/printer/north/p-0');
  await page.locator('.sheet').getByRole('button', { name: 'Pause' }).click();
  const sent = page.waitForRequest(/\/commands\//);
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
  assert.equal((await sent).url(), `${bridge.url}api/sites/north/printers/p-0/commands/pause`);
  assert.equal(await page.locator('.sheet').getByRole('link', { name: 'Edit' }).count(), 0);
  assert.equal(await page.locator('.sheet .plot').count(), 0);
});

test('a site that is gone leaves its printer with its values and their age, and others alone', async () => {
  bridge.send(ofSite('north', gone));
  const card = page.locator('.card', { hasText: 'First of north' });
  await card.getByText('Its site cannot be reached. Last answer 10 min ago').waitFor(WAIT);
  assert.equal(await page.getByText('cannot be reached').count(), 1);
  await card.locator('.name').click();
  assert.ok(await page.locator('.sheet').getByRole('button', { name: 'Pause' }).isDisabled());
  assert.deepEqual(await seriousFindings(page), []);
});

test('the age of the last values fits on the cards of a site that is gone, in both languages', async () => {
  for (const locale of ['en-GB', 'de-DE']) {
    const { page, close } = await open(browser, bridge.url, { locale });
    bridge.send(ofSite('north', gone));
    bridge.send(ofSite('south', { ...gone, state: 'error', message: 'Heater extruder not heating at expected rate' }));
    await page.locator('.late').nth(1).waitFor(WAIT);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('.late')]
        .filter(late => {
          const card = late.closest('.card').getBoundingClientRect();
          const { right, bottom } = late.getBoundingClientRect();
          const line = late.parentElement;
          return right > card.right || bottom > card.bottom || line.scrollWidth > line.clientWidth || line.scrollHeight > line.clientHeight;
        })
        .map(late => late.textContent));
    assert.deepEqual(cut, [], locale);
    const high = await page.evaluate(() => [...document.querySelectorAll('.card .body')].filter(body => body.scrollHeight > body.clientHeight).length);
    assert.equal(high, 0, locale);
    await close();
  }
});

test('a removed printer of a site leaves those of other sites', async () => {
  bridge.streams.forEach(stream => stream.write('id: 1\nevent: removed\ndata: {"id":"p-0","site":"north"}\n\n'));
  await page.waitForFunction(() => document.querySelectorAll('.card').length === 2);
  assert.deepEqual((await names()).sort(), ['First of here', 'First of south']);
});
