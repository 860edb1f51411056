// Who may use the page: the first administrator, users with roles, and the way out, in a real browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DemoBridge } from './bridge.mjs';
import { launch, open, seriousFindings } from './chromium.mjs';

const PASSWORD = 'correct horse';

let bridge;
let browser;
let code;

before(async () => {
  [bridge, browser] = await Promise.all([DemoBridge.start({ http: { host: '0.0.0.0' } }), launch()]);
  code = /enter the code ([A-Z0-9-]+)/.exec(bridge.output)[1];
});

after(async () => {
  await browser?.close();
  await bridge?.stop();
});

const button = (page, name) => page.getByRole('button', { name, exact: true });

/** Sends a request as the page would, and returns its status. */
const send = (page, method, path, body) =>
  page.evaluate(
    async ([method, path, body]) => {
      const { csrf } = await (await fetch('api/session')).json();
      const headers = { 'X-CSRF-Token': csrf, ...(body ? { 'Content-Type': 'application/json' } : {}) };
      return (await fetch(path, { method, headers, body: body ? JSON.stringify(body) : undefined })).status;
    },
    [method, path, body],
  );

async function logIn(page, user, password) {
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(password);
  await button(page, 'Sign in').click();
}

async function signOut(page) {
  await page.locator('.menu summary').click();
  await button(page, 'Sign out').click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

test('the first start asks for the code in the log and creates the administrator', async () => {
  const { page, faults, close } = await open(browser, bridge.url);
  await page.getByRole('heading', { name: 'Create the administrator' }).waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  await page.getByLabel('Code from the log').fill('WRONG-CODE');
  await page.getByLabel('User name').fill('Anna');
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await button(page, 'Create and sign in').click();
  await page.locator('.wrong').waitFor();
  await page.getByLabel('Code from the log').fill(code);
  await button(page, 'Create and sign in').click();
  await page.locator('.card').first().waitFor();
  await page.getByRole('link', { name: 'Add printer' }).waitFor();
  assert.equal(await send(page, 'POST', 'api/users', { name: 'eve', role: 'viewer', password: PASSWORD }), 201);
  await page.reload();
  await page.locator('.card').first().waitFor();
  await signOut(page);
  assert.equal(await page.locator('.card').count(), 0);
  assert.deepEqual(faults, []);
  await close();
});

test('a viewer sees the fleet and may not command', async () => {
  const { page, faults, close } = await open(browser, bridge.url);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  await logIn(page, 'eve', 'wrong password');
  await page.locator('.wrong', { hasText: 'is wrong' }).waitFor();
  await logIn(page, 'eve', PASSWORD);
  await page.locator('.card').first().waitFor();
  await page.locator('.menu summary').click();
  await page.getByText('Signed in as eve (viewer)').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('link', { name: 'Add printer' }).count(), 0);
  await page.locator('.card .name').first().click();
  await page.locator('.sheet section').first().waitFor();
  for (const name of ['Pause', 'Resume', 'Cancel', 'Remove printer']) {
    assert.equal(await button(page, name).count(), 0, name);
  }
  assert.equal(await send(page, 'POST', 'api/printers/mk4-left/commands/pause'), 403);
  assert.equal(await send(page, 'DELETE', 'api/printers/mk4-left'), 403);
  await page.goto(bridge.url);
  await page.locator('.card').first().waitFor();
  await signOut(page);
  assert.deepEqual(faults, []);
  await close();
});

test('a session that ends elsewhere ends the page', async () => {
  const { page, close } = await open(browser, bridge.url);
  await logIn(page, 'anna', PASSWORD);
  await page.locator('.card').first().waitFor();
  assert.equal(await send(page, 'PATCH', 'api/users/anna', { password: `${PASSWORD}!` }), 200);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await logIn(page, 'anna', `${PASSWORD}!`);
  await page.locator('.card').first().waitFor();
  await close();
});

test('the way in speaks German', async () => {
  const { page, close } = await open(browser, bridge.url, { locale: 'de-DE' });
  await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  await page.getByLabel('Benutzername').waitFor();
  await close();
});
