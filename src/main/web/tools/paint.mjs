// Measures the first paint of the page from localhost: `node tools/paint.mjs [LOADS] [FOLDER…]`, with folders of built pages, such
// as one of another version that `node tools/build.mjs FOLDER` made. They are loaded in turn, so that the load of the machine is
// the same for all. The server is scripted and has twelve printers.
import { loadavg } from 'node:os';
import { launch } from '../browser/chromium.mjs';
import { ScriptedBridge } from '../browser/scripted.mjs';

const [first, ...others] = process.argv.slice(2);
const loads = Number(first) || 20;
const folders = Number(first) || first === undefined ? others : [first, ...others];

/** Milliseconds since the start of the navigation. */
function times() {
  const [document] = performance.getEntriesByType('navigation');
  const files = performance.getEntriesByType('resource').filter(each => each.startTime < document.domContentLoadedEventEnd);
  const arrived = ending => Math.max(...files.filter(each => each.name.endsWith(ending)).map(each => each.responseEnd));
  const painted = performance.getEntriesByName('first-contentful-paint')[0].startTime;
  return {
    'document arrived': document.responseEnd,
    'document parsed': document.domInteractive,
    'style arrived': arrived('.css'),
    'first paint': painted,
    'scripts arrived': arrived('.js'),
    'scripts ran': document.domContentLoadedEventEnd,
    'first card': performance.getEntriesByName('first card')[0].startTime,
  };
}

async function load(page, url) {
  await page.goto(url);
  await page.waitForFunction(names => names.every(name => performance.getEntriesByName(name).length > 0), ['first card', 'first-contentful-paint']);
  return page.evaluate(times);
}

const bridges = folders.length > 0 ? folders.map(folder => new ScriptedBridge(folder)) : [new ScriptedBridge()];
const samples = new Map(bridges.map(bridge => [bridge, []]));
const browser = await launch();
const before = loadavg()[0];
try {
  await Promise.all(bridges.map(bridge => bridge.start()));
  for (let i = 0; i <= loads; i++) {
    for (const bridge of i % 2 ? bridges : bridges.toReversed()) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.addInitScript(() => {
        const look = () => (document.querySelector('.card') ? performance.mark('first card') : requestAnimationFrame(look));
        requestAnimationFrame(look);
      });
      const empty = await load(page, bridge.url);
      await page.goto('about:blank');
      const again = await load(page, bridge.url);
      await context.close();
      // The first round starts the processes of the browser.
      if (i > 0) {
        samples.get(bridge).push({ ...empty, 'again: first paint': again['first paint'], 'again: first card': again['first card'] });
      }
    }
  }
} finally {
  await browser.close();
  bridges.forEach(bridge => bridge.stop());
}
console.log(`${loads} loads each with an empty cache, and again with what it kept; load of the machine ${before.toFixed(1)} to ${loadavg()[0].toFixed(1)}`);
for (const [{ pages }, found] of samples) {
  console.log(`${pages}: scripts ran before the first paint in ${found.filter(each => each['scripts ran'] < each['first paint']).length} loads`);
  for (const name of Object.keys(found[0])) {
    const sorted = found.map(each => Math.round(each[name])).sort((one, other) => one - other);
    const at = share => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    console.log(`  ${name.padEnd(18)} median ${String(at(0.5)).padStart(4)} ms, half of them ${at(0.25)} to ${at(0.75)}, all ${at(0)} to ${at(1)}`);
  }
}
