// A demo server of its own and a browser on it, for the walks.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const root = resolve(import.meta.dirname, '../..');
const binary = resolve(process.env.ZIELWERK ?? join(root, 'build/release/zielwerk'));
export const password = 'ein Kennwort nur für Tests';
export const paper = (name) => join(root, 'agreements', name);
export const demo = (name) => join(root, 'demo', name);

// `own`: with the invented Jobcenter 98000, its own figures and its outlook. `accounts`: further ones, as name, role and scope.
async function startServer(settings = '', { own = false, accounts = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'zielwerk-e2e-'));
  const store = join(folder, 'demo.db');
  const zielwerk = (args, input) => execFileSync(binary, [`--store=${store}`, ...args], { input, encoding: 'utf8' });
  zielwerk(['init']);
  for (const name of readdirSync(join(root, 'agreements')).filter((one) => one.endsWith('.json'))) {
    zielwerk(['agreement', 'import', join(root, 'agreements', name), `--paper=${join(root, 'agreements/texte', name.replace('.json', '.txt'))}`]);
  }
  for (const name of readdirSync(join(root, 'demo')).filter((one) => one.startsWith('zahlen_erfunden'))) zielwerk(['facts', 'import', join(root, 'demo', name)]);
  for (const [name, role, scope] of [
    ['ministerium', 'ministerium', 'alle'],
    ['controlling.lippe', 'controlling', '33148'],
    ['leitung.lippe', 'leitung', '33148'],
    ['gremium.heidekreis', 'gremium', '22116'],
    ['revision', 'revision', 'alle'],
    ['verwaltung', 'verwaltung', 'alle'],
    ...accounts,
  ]) {
    zielwerk(['user', 'add', name, '--person=A. Beispiel', `--role=${role}`, `--scope=${scope}`], `${password}\n`);
  }
  if (own) {
    execFileSync(join(root, 'demo/musterkreis/erzeugen.py'), [folder]);
    const rows = join(folder, 'personenmonate_erfunden.csv');
    zielwerk(['casework', 'compute', rows, '--from=2019-12', '--ladestand=2021-03', '--to=2020-12', '--intern', `--out=${join(folder, 'amtlich_erfunden.csv')}`]);
    zielwerk(['facts', 'import', join(folder, 'amtlich_erfunden.csv')]);
    zielwerk(['casework', 'compute', rows, '--from=2020-06', '--ladestand=2021-12', `--state=${join(folder, 'bestand.zustand')}`, `--into=${store}`]);
  }
  writeFileSync(join(folder, 'server.toml'), `store = '${store}'\nport = 0\nprofiles = '${join(root, 'profiles')}'\n${settings}\n${own ? `[casework]\n98000 = '${join(folder, 'bestand.zustand')}'\n` : ''}`);
  const process_ = spawn(binary, ['serve', `--config=${join(folder, 'server.toml')}`], { stdio: ['ignore', 'pipe', 'ignore'] });
  const url = await new Promise((found, failed) => {
    process_.stdout.on('data', (data) => {
      const line = /http:\/\/localhost:\d+/.exec(String(data));
      if (line) found(line[0]);
    });
    process_.on('exit', () => failed(new Error('the server ended')));
  });
  return {
    url,
    folder,
    zielwerk,
    stop: () =>
      new Promise((done) => {
        process_.on('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          done();
        });
        process_.kill('SIGTERM');
      }),
  };
}

const startBrowser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

// A page that may speak to our server only, and must not complain.
async function openPage(browser, server, options = {}) {
  const context = await browser.newContext({ locale: 'de-DE', timezoneId: 'Europe/Berlin', viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.complaints = [];
  page.foreign = [];
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/40[134]|409|412|422|429/.test(message.text())) page.complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) page.foreign.push(request.url());
  });
  await page.goto(server.url);
  return page;
}

export async function logIn(page, name) {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Kennwort').fill(password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('button', { name: 'Abmelden' }).waitFor();
}

// What a file of walks works on: its server, there from the first walk on, and `withPage`, which gives a walk a page of its own, logged in as
// `name` unless that is null.
export function site(settings, more) {
  const server = {};
  let browser;
  before(async () => {
    Object.assign(server, await startServer(settings, more));
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await server.stop?.();
  });
  const withPage = (name, walk, options) => async () => {
    const page = await openPage(browser, server, options);
    try {
      if (name) await logIn(page, name);
      await walk(page);
    } finally {
      await page.context().close();
    }
  };
  return { server, withPage };
}

// Pictures of the handbook: `npm run pictures` writes them; the walks themselves leave no file.
export async function picture(page, name, from = page.locator('h1')) {
  if (!process.env.ZIELWERK_PICTURES) return;
  await page.setViewportSize({ width: 1000, height: 700 });
  await from.evaluate(async (element) => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await painted();
    element.scrollIntoView({ behavior: 'instant' });
    await painted();
  });
  await page.screenshot({ path: join(process.env.ZIELWERK_PICTURES, `${name}.png`) });
  await page.setViewportSize({ width: 1280, height: 900 });
}

// Nothing that axe finds, in light and dark, narrow and wide; the page itself never scrolls sideways.
export async function accessible(page, name, themes = ['light', 'dark']) {
  for (const [theme, width] of [...themes.map((one) => [one, 1280]), ['light', 320]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate((wanted) => document.documentElement.setAttribute('data-kern-theme', wanted), theme);
    // Our pages have no frames: the legacy mode judges the same without a further page for each run.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    assert.deepEqual(
      violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')} ${one.nodes[0]?.any[0]?.message ?? ''}`),
      [],
      `${name}, ${theme}, ${width}`,
    );
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${name}, ${width}: the page scrolls sideways by ${over}`);
    if (process.env.ZIELWERK_SHOTS) {
      mkdirSync(process.env.ZIELWERK_SHOTS, { recursive: true });
      await page.screenshot({ path: join(process.env.ZIELWERK_SHOTS, `${name}-${theme}-${width}.png`), fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.evaluate(() => document.documentElement.setAttribute('data-kern-theme', 'light'));
  assert.deepEqual(page.complaints, [], name);
  assert.deepEqual(page.foreign, [], `${name} asks somebody else`);
}
