// What people do with the page, in a real browser, against the demo.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { allStarted, DemoBridge, Outlet } from './bridge.mjs';
import { launch, open, seriousFindings, WAIT } from './chromium.mjs';

const registrations = join(dirname(fileURLToPath(import.meta.url)), '../../../test/resources/registration');
let bridge;
let browser;
let outlet;

before(async () => {
  await allStarted(DemoBridge.start().then(started => (bridge = started)), launch().then(launched => (browser = launched)));
});

after(async () => {
  await browser?.close();
  await bridge?.stop();
  await outlet?.close().catch(() => {});
});

/** Runs a scenario on an open page, which must have no fault. */
function scenario(name, options, run) {
  test(name, async () => {
    const { page, faults, close } = await open(browser, bridge.url, options);
    try {
      await run(page);
      assert.deepEqual(faults, []);
    } finally {
      await close();
    }
  });
}

const card = (page, name) => page.locator('.card', { has: page.getByRole('link', { name, exact: true }) });
const confirm = (page, button) => page.locator('dialog').getByRole('button', { name: button, exact: true }).click();

scenario('the fleet appears and moves without a reload', {}, async page => {
  await page.getByRole('button', { name: /^Offline/, expanded: false }).click();
  await page.waitForFunction(() => document.querySelectorAll('.card').length === 12);
  const text = await page.locator('.cards').first().innerText();
  await page.waitForFunction(before => document.querySelector('.cards').innerText !== before, text);
  assert.equal(await page.locator('header').count(), 1);
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  const bytes = await page.evaluate(() => {
    const [document] = performance.getEntriesByType('navigation');
    return [document, ...performance.getEntriesByType('resource')]
      .filter(each => !each.name.includes('/api/') && each.startTime < document.loadEventEnd)
      .reduce((sum, each) => sum + each.encodedBodySize, 0);
  });
  console.log(`first load ${(bytes / 1000).toFixed(1)} kB compressed, first paint after ${Math.round(paint)} ms`);
  assert.ok(bytes > 10_000 && bytes <= 40_000, `${bytes} bytes`);
});

scenario('a printer shows the picture of its file, and that of its camera on request', {}, async page => {
  await page.getByRole('link', { name: 'Sovol SV08', exact: true }).click();
  const sheet = page.locator('.sheet');
  await page.waitForFunction(() => document.querySelector('.sheet .thumbnail img')?.naturalWidth === 160);
  assert.equal(await sheet.locator('.snapshot').count(), 0);
  await sheet.getByRole('button', { name: 'Take a picture' }).click();
  await page.waitForFunction(() => document.querySelector('.sheet .snapshot')?.naturalWidth === 160);
  assert.match(await sheet.innerText(), /A print runs on it\./);
  assert.deepEqual(await seriousFindings(page), []);
});

scenario('cards show what is printed, and large cards what cameras see', { preferences: { layout: 'large' } }, async page => {
  for (const picture of ['.thumbnail', '.camera']) {
    await page.waitForFunction(selector => document.querySelector(`.card ${selector} img`)?.naturalWidth === 160, picture);
  }
});

scenario('a printer is removed, and added again by its address', {}, async page => {
  const { address } = await bridge.api('GET', 'api/printers/voron-2-4/registration');
  outlet = new Outlet(new URL(address));
  await outlet.open();
  await page.getByRole('link', { name: 'Voron 2.4', exact: true }).click();
  await page.getByRole('button', { name: 'Remove printer' }).click();
  await confirm(page, 'Remove printer');
  await page.getByRole('link', { name: 'Voron 2.4', exact: true }).waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Add printer' }).click();
  await page.getByLabel('Address').fill(`127.0.0.1:${outlet.port}`);
  await page.getByRole('button', { name: 'Check' }).click();
  await page.locator('.stages .passed', { hasText: 'First reading' }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Voron again');
  await page.getByLabel(/^Group/).fill('workshop');
  await page.locator('form.box').getByRole('button', { name: 'Add printer' }).click();
  await page.locator('.sheet', { hasText: 'Voron again' }).waitFor();
});

scenario('a printer that needs a key asks for what it needs', { hash: '#/add' }, async page => {
  const { address } = await bridge.api('GET', 'api/printers/mk4-left/registration');
  await page.getByLabel('Address').fill(address);
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByLabel('User name').fill('maker');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.locator('.stages .failed', { hasText: 'refuses' }).waitFor();
  assert.equal(await page.locator('form.box').count(), 0);
  await page.getByLabel('Kind').selectOption('bambu');
  await page.getByLabel('Serial number').waitFor();
});

scenario('an address where nothing answers is explained stage by stage', { hash: '#/add' }, async page => {
  const closed = new Outlet(new URL('http://127.0.0.1:9'));
  await closed.open();
  await closed.close();
  await page.getByLabel('Address').fill(`127.0.0.1:${closed.port}`);
  await page.getByRole('button', { name: 'Check' }).click();
  await page.locator('.stages .failed .advice').waitFor();
  assert.equal(await page.locator('form.box').count(), 0);
});

scenario('a print is paused and resumed', {}, async page => {
  const { printers } = await bridge.api('GET', 'api/printers?state=printing');
  const found = printers.filter(each => each.job.remaining > 40 && each.job.progress < 60).at(-1) ?? printers.at(-1);
  await page.getByRole('link', { name: found.name, exact: true }).first().click();
  await page.locator('.sheet').getByRole('button', { name: 'Pause', exact: true }).click();
  await confirm(page, 'Pause');
  await page.locator('.sheet-head', { hasText: 'Paused' }).waitFor();
  await page.getByRole('link', { name: 'Close' }).click();
  await card(page, found.name).getByRole('button', { name: `Resume ${found.name}` }).click();
  await card(page, found.name).locator('.state', { hasText: /Printing|Preparing/ }).waitFor();
});

scenario('a plate is cleared with one click', {}, async page => {
  const { printers } = await bridge.api('GET', 'api/printers?fields=id,name,plate,state');
  const waits = each => ['ready', 'cooling'].includes(each.plate?.state) && ['idle', 'finished', 'cancelled'].includes(each.state);
  if (!printers.some(waits)) {
    // No print has ended yet: end one.
    const running = (await bridge.api('GET', 'api/printers?state=printing')).printers.find(each => each.job.progress > 0);
    await bridge.api('POST', `api/printers/${running.id}/commands/cancel`);
  }
  const button = page.getByRole('button', { name: /^Plate of .* is cleared$/ }).first();
  const label = await button.getAttribute('aria-label', { timeout: WAIT });
  await button.click();
  await page.getByRole('button', { name: label, exact: true }).waitFor({ state: 'detached' });
  await page.locator('.notice.done').waitFor();
});

scenario('a printer goes offline, an alert appears and is acknowledged, and it returns', {}, async page => {
  await bridge.api('PATCH', 'api/printers/voron-again', { alerts: { offline: { after: '1s' } } });
  await outlet.close();
  await page.getByRole('link', { name: /^Alerts \d+ open$/ }).click();
  const alert = page.locator('.alert', { hasText: 'Voron again' }).filter({ hasText: 'Offline' });
  await alert.waitFor();
  await alert.getByRole('button').click();
  await alert.waitFor({ state: 'detached' });

  await alert.page().goto(`${bridge.url}#/printer/voron-again`);
  await page.locator('.sheet-head', { hasText: 'nothing listens on the port' }).waitFor();
  await page.getByRole('button', { name: 'Run a diagnosis' }).click();
  await page.locator('.sheet .stages .failed', { hasText: 'Port' }).waitFor();
  await outlet.open();
  await page.locator('.sheet-head', { hasNotText: 'Offline' }).waitFor();
});

scenario('open alerts are requested again after a failure', {}, async page => {
  let requests = 0;
  await page.route('**/api/alerts', route => (requests++ === 0 ? route.abort() : route.continue()));
  const answered = page.waitForResponse(response => response.url().endsWith('/api/alerts') && response.ok());
  await page.reload();
  await answered;
});

scenario('a CSV file is shown before it is stored, and a wrong row is named', { hash: '#/import' }, async page => {
  const row = n => `Shelf ${n},moonraker,192.0.2.${n},secret-${n},rack-9`;
  const rows = Array.from({ length: 50 }, (each, i) => row(i + 1));
  const table = changed => ['name,driver,address,api_key,group', ...changed].join('\n');
  await page.getByLabel('Or paste the table').fill(table([...rows.slice(0, 49), 'Shelf 50,moonraker,http://192.0.2.50:99999,,rack-9']));
  assert.equal(await page.locator('.preview tbody tr').count(), 50);
  assert.ok(!(await page.locator('.preview').innerText()).includes('secret-'));
  await page.getByRole('button', { name: 'Import 50 printers' }).click();
  await page.locator('.wrong', { hasText: 'line 51' }).waitFor();
  await page.locator('.preview .bad', { hasText: 'Shelf 50' }).waitFor();

  await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'farm.csv', mimeType: 'text/csv', buffer: Buffer.from(table(rows)) });
  await page.getByRole('button', { name: 'Import 50 printers' }).click();
  await page.locator('.notice', { hasText: '50 printers were imported' }).waitFor();
  await page.getByLabel('Group', { exact: true }).selectOption('rack-9');
  await page.getByRole('status').filter({ hasText: 'of 62 printers' }).waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();
});

scenario('exports of other programs are shown as the bridge reads them, and imported', { hash: '#/import' }, async page => {
  const exported = name => join(registrations, name);
  const choose = name => page.getByLabel('File', { exact: true }).setInputFiles(exported(name));
  await choose('fdm-monster-2.0.yaml');
  await page.locator('.scroll', { hasText: 'FDM Monster: 4 rows' }).waitFor();
  await page.locator('.preview tr', { hasText: 'http://192.0.2.14:8883hall-2-leftgiven' }).waitFor();
  assert.ok(!(await page.locator('main').innerText()).includes('OCTOPRINT-KEY'));
  const before = (await bridge.api('GET', 'api/printers?fields=id')).printers.length;
  await choose('octofarm-printers.json');
  await page.locator('.scroll', { hasText: 'OctoFarm: 2 rows' }).waitFor();
  assert.equal((await bridge.api('GET', 'api/printers?fields=id')).printers.length, before);
  await page.getByRole('button', { name: 'Import 2 printers' }).click();
  await page.locator('.notice', { hasText: '2 printers were imported' }).waitFor();

  await page.goto(`${bridge.url}#/import`);
  await choose('octofarm-printers.json');
  await page.locator('.wrong', { hasText: 'OctoFarm. Nothing was stored' }).locator('li', { hasText: /^Printer 1, printerURL: / }).waitFor();
  assert.equal(await page.locator('.preview').count(), 0);
  const file = buffer => page.getByLabel('File', { exact: true }).setInputFiles({ name: 'own.json', mimeType: '', buffer: Buffer.from(buffer) });
  await file('[{"name": "Own", "driver": "moonraker", "address": "http://192.0.2.70:99999"}]');
  await page.locator('.wrong', { hasText: 'JSON. Nothing' }).locator('li', { hasText: '[0].address: This address is not possible' }).waitFor();
  await file('[{');
  await page.locator('.wrong', { hasText: 'JSON' }).waitFor();
  await file('[{"name": "Own", "driver": "moonraker", "address": "192.0.2.70"}]');
  await page.locator('.scroll', { hasText: 'JSON: 1 rows' }).waitFor();
});

scenario('ended prints are listed, counted and saved', {}, async page => {
  const running = (await bridge.api('GET', 'api/printers?state=printing')).printers.at(-1);
  await bridge.api('POST', `api/printers/${running.id}/commands/cancel`);
  const isRecorded = async () => (await bridge.api('GET', `api/history?printer=${running.id}&result=cancelled`)).jobs.length > 0;
  const until = Date.now() + WAIT;
  while (!(await isRecorded()) && Date.now() < until) {
    await new Promise(later => setTimeout(later, 250));
  }
  await page.getByRole('link', { name: 'History', exact: true }).click();
  await page.getByLabel('Printer', { exact: true }).selectOption(running.id);
  await page.getByLabel('Result', { exact: true }).selectOption('cancelled');
  const rows = page.getByRole('table', { name: 'Ended prints' }).locator('tbody tr');
  await page.waitForFunction(
    name => [...document.querySelectorAll('.preview tbody tr')].every(row => /Cancelled/.test(row.innerText) && row.innerText.includes(name)),
    running.name,
  );
  assert.ok((await rows.count()) > 0);
  await page.getByRole('table', { name: 'Each printer' }).locator('tbody tr', { hasText: running.name }).waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as CSV' }).click()]);
  assert.equal(file.suggestedFilename(), 'prints.csv');

  await page.goto(`${bridge.url}#/printer/${running.id}`);
  await page.locator('.sheet summary', { hasText: 'Changes of state' }).click();
  await page.locator('.sheet').getByRole('table', { name: 'Changes of state' }).locator('tr', { hasText: 'Printing' }).first().waitFor();
});

scenario('a printer is put into maintenance, and comes back', { hash: '#/printer/cr-10-cellar' }, async page => {
  await page.getByRole('button', { name: 'Put into maintenance' }).click();
  await page.getByLabel(/^Note/).fill('new belt');
  await confirm(page, 'Put into maintenance');
  await page.locator('.sheet-head', { hasText: 'new belt' }).waitFor();
  await page.getByRole('button', { name: 'End maintenance' }).click();
  await page.locator('.sheet-head', { hasNotText: 'new belt' }).waitFor();
});

scenario('a registration is edited, and mistakes stand beside their fields', { hash: '#/printer/mk4-left' }, async page => {
  const field = name => page.locator('main form').getByLabel(name);
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await field('Group').fill('Shelf A');
  await field('Offline after failed polls').fill('many');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('label', { hasText: 'Group' }).locator('.wrong', { hasText: 'Expected at most 63 lower case letters' }).waitFor();
  await page.locator('label', { hasText: 'Offline after' }).locator('.wrong', { hasText: 'Expected a whole number' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.value), 'Shelf A');
  for (const name of ['User name', 'Password']) {
    assert.equal(await field(name).inputValue(), '', name);
  }
  await field('Group').fill('shelf-c');
  await field('Tags').fill('pla, petg');
  await field('Offline after failed polls').fill('5');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.sheet', { hasText: 'pla, petg' }).waitFor();
  const stored = await bridge.api('GET', 'api/printers/mk4-left/registration');
  assert.deepEqual([stored.group, stored.tags, stored.polling, stored.has_credentials], ['shelf-c', ['pla', 'petg'], { timeout: null, offline_after: 5 }, true]);

  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await field('Poll this printer').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.sheet-head', { hasText: 'switched off in its registration' }).waitFor();
  await bridge.api('PATCH', 'api/printers/mk4-left', { enabled: true });
});

scenario('everything works with the keyboard', {}, async page => {
  await page.keyboard.press('/');
  await page.keyboard.type('mk4');
  await page.waitForFunction(() => [...document.querySelectorAll('.card .name')].every(name => /mk4/i.test(name.innerText)));
  await page.getByRole('searchbox').fill('');
  await page.locator('.card .name').first().focus();
  await page.keyboard.press('ArrowRight');
  const second = await page.locator('.card .name').nth(1).innerText();
  assert.equal(await page.evaluate(() => document.activeElement.innerText), second);
  await page.keyboard.press('Enter');
  await page.locator('.sheet', { hasText: second }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.sheet').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.innerText), second);
});

scenario('it fits on a phone', { viewport: { width: 390, height: 844 }, isMobile: true }, async page => {
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok((await overflow()) <= 0);
  await page.locator('summary').click();
  await page.getByLabel('Table').check();
  await page.locator('.row').first().waitFor();
  assert.ok((await overflow()) <= 0);
  await page.getByLabel('Large cards').check();
  await page.locator('.card .details').first().waitFor();
  assert.ok((await overflow()) <= 0);
  await page.getByLabel('Cards', { exact: true }).check();
  await page.locator('.card .details').first().waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  assert.deepEqual(await seriousFindings(page), []);
  await page.locator('.card .name').first().click();
  assert.equal(await page.locator('.sheet').evaluate(sheet => sheet.getBoundingClientRect().width), 390);
  for (const hash of ['#/add', '#/import', '#/alerts', '#/history', '#/edit/mk4-left']) {
    await page.goto(`${bridge.url}${hash}`);
    await page.locator('h1').waitFor();
    assert.ok((await overflow()) <= 0, hash);
  }
});

scenario('it speaks German', { locale: 'de-DE' }, async page => {
  await page.getByRole('link', { name: 'Drucker hinzufügen' }).waitFor();
  await page.locator('.chip', { hasText: 'Jetzt handeln' }).waitFor();
  assert.equal(await page.getAttribute('html', 'lang'), 'de');
  await page.goto(`${bridge.url}#/edit/mk4-right`);
  await page.locator('main label', { hasText: 'Gruppe' }).locator('input').fill('Regal A');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.locator('main label', { hasText: 'Gruppe' }).locator('.wrong', { hasText: 'Erwartet werden' }).waitFor();
  await page.goto(`${bridge.url}#/import`);
  await page.locator('main textarea').fill('name,driver,address,group\nRegal 1,moonraker,192.0.2.1,Regal A\nRegal 2,moonraker,http://192.0.2.2:99999,a');
  await page.getByRole('button', { name: '2 Drucker importieren' }).click();
  await page.locator('.wrong li', { hasText: 'Zeile 2, group: Erwartet werden' }).waitFor();
  await page.locator('.wrong li', { hasText: 'Zeile 3, address: Diese Adresse ist nicht möglich' }).waitFor();
  const yaml = 'printers:\n  - id: 1\n    name: A\n    printerType: 1\n    printerURL: http://192.0.2.80:99999\n';
  await page.getByLabel('Datei', { exact: true }).setInputFiles({ name: 'farm.yaml', mimeType: '', buffer: Buffer.from(yaml) });
  await page.locator('.wrong', { hasText: 'FDM Monster. Nichts wurde' }).locator('li', { hasText: 'Zeile 2, printerURL: Diese Adresse ist nicht möglich' }).waitFor();
});

for (const colorScheme of ['light', 'dark']) {
  scenario(`axe finds nothing serious in the ${colorScheme} theme`, { colorScheme }, async page => {
    for (const hash of ['#/', '#/printer/mk4-left', '#/printer/ender-3-garage', '#/alerts', '#/history', '#/add', '#/import', '#/edit/mk4-left']) {
      await page.goto(`${bridge.url}${hash}`);
      await page.locator(hash === '#/' ? '.card' : hash.includes('printer') ? '.sheet section' : 'main h1').first().waitFor();
      assert.deepEqual(await seriousFindings(page), [], hash);
    }
    await page.goto(`${bridge.url}#/`);
    await page.locator('summary').click();
    await page.getByLabel('Table').check();
    await page.locator('.row').first().waitFor();
    assert.deepEqual(await seriousFindings(page), [], 'table');
    await page.getByLabel('Large cards').check();
    await page.locator('.card .details').first().waitFor();
    assert.deepEqual(await seriousFindings(page), [], 'large cards');
    const back = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.equal(/rgb\((\d+)/.exec(back)[1] < 100, colorScheme === 'dark');
  });
}

test('the wall shows the fleet of the bridge, and who is needed', async () => {
  const { printers } = await bridge.api('GET', 'api/printers?fields=id,name');
  const { page, faults, close } = await open(browser, `${bridge.url}wall?theme=dark`, { ready: '.tile' });
  assert.equal(await page.locator('.tile').count(), printers.length);
  const text = await page.locator('.tiles').innerText();
  await page.waitForFunction(before => document.querySelector('.tiles').innerText !== before, text);
  assert.deepEqual(faults, []);
  await close();
});

test('the samples of the bridge are drawn', async () => {
  // It takes the first one a minute after its start.
  const until = Date.now() + 75_000;
  while ((await bridge.api('GET', 'api/printers/mk4-left/temperatures')).at.length === 0 && Date.now() < until) {
    await new Promise(later => setTimeout(later, 500));
  }
  const { page, faults, close } = await open(browser, bridge.url, { hash: '#/printer/mk4-left' });
  await page.locator('.plot .curve', { hasText: 'Nozzle' }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('a bridge that stops is noticed', async () => {
  const { page, close } = await open(browser, bridge.url);
  await bridge.stop();
  await page.locator('.outage', { hasText: 'No data since' }).waitFor();
  await close();
});
