// First visits under a throttled profile, for bench/serve_run: URL COOKIE VISITS MBIT LATENCY PATH… → JSON by path.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const { chromium } = createRequire(resolve(import.meta.dirname, '../web/package.json'))('playwright-core');
const [url, cookie, visits, mbit, latency, ...paths] = process.argv.slice(2);
const [name, value] = cookie.split('=');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

async function visit(path) {
  const context = await browser.newContext();
  if (path !== '/anmelden') await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: Number(latency), downloadThroughput: (Number(mbit) * 1e6) / 8, uploadThroughput: (Number(mbit) * 0.5e6) / 8 });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  let bytes = 0;
  devtools.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  const began = performance.now();
  await page.goto(url + path, { waitUntil: 'commit' });
  await page.locator(path === '/anmelden' ? '#password' : path === '/' ? 'tbody tr' : 'main h2').first().waitFor({ timeout: 120_000 });
  const usable = performance.now() - began;
  await page.waitForLoadState('networkidle');
  await context.close();
  return { usable, bytes };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const result = {};
for (const path of paths) {
  const all = [];
  for (let i = 0; i < Number(visits); ++i) all.push(await visit(path));
  result[path] = { visits: all.length, usable: median(all.map((one) => one.usable)), bytes: median(all.map((one) => one.bytes)) };
}
await browser.close();
console.log(JSON.stringify(result));
