// Makes the pictures of the page in the documentation from the demo with a printer of every make, as soon as one of them waits for somebody.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DemoBridge } from '../browser/bridge.mjs';
import { launch, open } from '../browser/chromium.mjs';

const images = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '../../../../docs/images');
const PICTURES = {
  'page.png': { viewport: { width: 1280, height: 720 }, preferences: { theme: 'dark' } },
  'page-phone.png': { viewport: { width: 390, height: 760 }, preferences: { theme: 'light' } },
};

const bridge = await DemoBridge.start({}, ['--makes=all']);
const browser = await launch();
try {
  const pages = await Promise.all(Object.entries(PICTURES).map(async ([name, options]) => ({ name, ...(await open(browser, bridge.url, options)) })));
  for (const { name, page, close } of pages) {
    const parts = ['.card.look-attention', '.card.look-cooling', '.card .thumbnail img'];
    await page.waitForFunction(selectors => selectors.every(each => document.querySelector(each)), parts, { timeout: 120_000 });
    await page.waitForTimeout(2000);
    await page.screenshot({ path: join(images, name) });
    await close();
  }
} finally {
  await browser.close();
  await bridge.stop();
}
