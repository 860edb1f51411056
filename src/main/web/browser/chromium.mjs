// A browser that fails a test on errors of the page and on requests to other machines.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const places = [process.env.PRINTER2MQTT_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const WAIT = 30_000;

export async function launch() {
  const executablePath = places.find(place => place && existsSync(place));
  assert.ok(executablePath, 'no Chromium found; set PRINTER2MQTT_CHROMIUM');
  // Chromium refuses its sandbox to root, as which checks in containers run. It only visits the bridge.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

/** Opens the page. `faults` collects what must not happen. */
export async function open(browser, url, options = {}) {
  const { hash = '', preferences = {}, ready = '.card, .row, main h1', isClockMoved = false, ...context } = options;
  const created = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...context });
  created.setDefaultTimeout(WAIT);
  const page = await created.newPage();
  if (isClockMoved) {
    await page.clock.install();
  }
  const faults = [];
  page.on('pageerror', error => faults.push(error.message));
  // The session is optional, and everything else is a fault when it is refused by the content security policy.
  page.on('console', message => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && faults.push(message.text()));
  page.on('request', request => new URL(request.url()).origin !== new URL(url).origin && faults.push(`request to ${request.url()}`));
  await page.addInitScript(stored => {
    for (const [key, value] of Object.entries(stored)) {
      localStorage.setItem(`printer2mqtt.${key}`, JSON.stringify(value));
    }
  }, preferences);
  await page.goto(`${url}${hash}`);
  await page.waitForSelector(ready, { state: 'attached' });
  return { page, faults, close: () => created.close() };
}

/** Serious and critical findings of axe. */
export async function seriousFindings(page) {
  await page.evaluate(await import('node:fs').then(({ readFileSync }) => readFileSync(axe, 'utf8')));
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(each => each.impact === 'serious' || each.impact === 'critical')
    .map(each => `${each.id}: ${each.nodes.slice(0, 3).map(node => `${node.target} ${node.any[0]?.message ?? ''}`).join('; ')}`);
}
