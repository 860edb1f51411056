// The page with 1,000 printers, and with a bridge that needs a token; the server is scripted.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from './chromium.mjs';
import { ScriptedBridge } from './scripted.mjs';

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
