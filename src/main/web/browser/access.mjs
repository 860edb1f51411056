// Who may use the page: the first administrator, users with roles, and the way out, in a real browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { allStarted, DemoBridge } from './bridge.mjs';
import { launch, open, seriousFindings } from './chromium.mjs';

const PASSWORD = 'correct horse';

let bridge;
let browser;
let code;

before(async () => {
  await allStarted(
    DemoBridge.start({ http: { host: '0.0.0.0' } }).then(started => (bridge = started)),
    launch().then(launched => (browser = launched)),
  );
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

async function openSettings(page) {
  await page.locator('.menu summary').click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
}

const part = (page, name) => page.getByRole('region', { name, exact: true });

test('an administrator creates a user, who changes the password and sees no other settings', async () => {
  const { page, faults, close } = await open(browser, bridge.url);
  await logIn(page, 'anna', PASSWORD);
  await openSettings(page);
  const users = part(page, 'Users');
  await users.locator('li', { hasText: 'eve' }).waitFor();
  await users.locator('summary').click();
  await users.getByLabel('User name').fill('eve');
  await users.getByLabel(/^Password/).fill(PASSWORD);
  await button(users, 'Create a user').click();
  await users.locator('.wrong', { hasText: 'exists already' }).waitFor();
  await users.getByLabel('User name').fill('Carl');
  await button(users, 'Create a user').click();
  await users.locator('li', { hasText: 'carl' }).waitFor();
  await users.getByLabel('Role of carl').selectOption('operator');
  await page.locator('.notice', { hasText: 'carl is saved' }).waitFor();
  await users.getByLabel('Role of anna').selectOption('viewer');
  await page.locator('.notice', { hasText: 'must stay administrator' }).waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-label="Role of anna"]').value === 'admin');
  const save = button(part(page, 'Health of the bridge'), 'Save the archive for support');
  const [archive] = await Promise.all([page.waitForEvent('download'), save.click()]);
  assert.equal(archive.suggestedFilename(), 'printer2mqtt-support.zip');
  assert.equal(readFileSync(await archive.path()).subarray(0, 2).toString(), 'PK');
  await page.locator('.notice', { hasText: 'The archive is saved' }).waitFor();
  await signOut(page);

  await logIn(page, 'carl', PASSWORD);
  await openSettings(page);
  await part(page, 'Health of the bridge').locator('li', { hasText: 'Database' }).waitFor();
  assert.equal(await part(page, 'Users').count(), 0);
  assert.equal(await part(page, 'Tokens').count(), 0);
  assert.equal(await save.count(), 0);
  await page.getByLabel('Current password').fill('wrong password');
  await page.getByLabel(/^New password/).fill(`${PASSWORD} 2`);
  await button(page, 'Change password').click();
  await page.locator('.wrong', { hasText: 'The current password is wrong' }).waitFor();
  await page.getByLabel('Current password').fill(PASSWORD);
  await button(page, 'Change password').click();
  await page.locator('.notice', { hasText: 'Your password is changed' }).waitFor();
  assert.equal(await page.getByLabel('Current password').inputValue(), '');
  await signOut(page);
  await logIn(page, 'carl', `${PASSWORD} 2`);
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await signOut(page);
  assert.deepEqual(faults, []);
  await close();
});

test('a token is shown once, opens what it is for, and is revoked', async () => {
  const { page, faults, close } = await open(browser, bridge.url);
  await logIn(page, 'anna', PASSWORD);
  await openSettings(page);
  const tokens = part(page, 'Tokens');
  await tokens.locator('summary').click();
  await tokens.getByLabel(/^Name/).fill('office');
  await tokens.getByLabel('read everything').uncheck();
  await tokens.getByLabel('read the calendar').check();
  await tokens.getByLabel('Valid').selectOption('30');
  await button(tokens, 'Create a token').click();
  const token = await tokens.getByRole('textbox', { name: 'Token', exact: true }).inputValue();
  const address = await tokens.getByRole('textbox', { name: 'Address for the calendar program' }).inputValue();
  assert.equal(address, `${bridge.url}api/finish.ics?token=${token}`);
  assert.equal((await fetch(address)).status, 200);
  await page.reload();
  await tokens.locator('li', { hasText: 'office' }).waitFor();
  assert.ok(!(await page.content()).includes(token));
  await tokens.getByRole('button', { name: /^Revoke the token office/ }).click();
  await page.locator('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await tokens.locator('li', { hasText: 'office' }).waitFor({ state: 'detached' });
  assert.equal((await fetch(address)).status, 401);
  assert.deepEqual(faults, []);
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing serious in the settings in the ${colorScheme} theme, and they fit on a phone`, async () => {
    const { page, close } = await open(browser, bridge.url, { colorScheme });
    await logIn(page, 'anna', PASSWORD);
    await openSettings(page);
    await part(page, 'Log').getByLabel('The bridge logs').waitFor();
    for (const summary of await page.locator('main summary').all()) {
      await summary.click();
    }
    assert.deepEqual(await seriousFindings(page), []);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
    await close();
  });
}

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
