import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { accessible, demo, password, picture, site } from './kit.mjs';

const { server, withPage } = site();

describe('log-in', () => {
  it('refuses with one sentence, by keyboard alone', withPage(null, async (page) => {
    await page.getByLabel('Name').waitFor();
    await accessible(page, 'anmelden');
    await picture(page, 'anmelden');
    await page.getByLabel('Name').focus();
    await page.keyboard.type('ministerium');
    await page.keyboard.press('Tab');
    await page.keyboard.type('falsch, aber lang genug');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Name oder Kennwort stimmen nicht.' }).waitFor();
    await accessible(page, 'anmelden-falsch');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Übersicht der Ziele' }).waitFor();
  }));

  it('ends with Abmelden', withPage('ministerium', async (page) => {
    await page.getByRole('button', { name: 'Abmelden' }).click();
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    await page.goto(`${server.url}/lieferungen`);
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  }));
});

describe('overview', () => {
  it('says the same as the command line', withPage('ministerium', async (page) => {
    await page.goto(`${server.url}/?month=06`);
    const row = page.locator('tbody tr', { hasText: 'Düren' }).filter({ hasText: '50' }).first();
    await row.waitFor();
    const printed = JSON.parse(server.zielwerk(['evaluate', '31118-2023', '--month=2023-06', '--format=json', '--no-record']));
    const target = (Array.isArray(printed) ? printed[0] : printed).ziele.find((one) => one.id === 'T1');
    assert.match(await row.innerText(), new RegExp(`${target.ist.replace('.', ',')}\\s%`));
    assert.ok((await row.innerText()).includes(`${Number(target.abstand) > 0 ? '+' : ''}${target.abstand} ${target.abstand_einheit}`));
  }));

  it('shows only the own Jobcenter', withPage('controlling.lippe', async (page) => {
    await page.locator('tbody tr').first().waitFor();
    assert.equal(await page.locator('tbody tr', { hasText: 'Lippe' }).count(), await page.getByRole('region', { name: 'Ziele' }).locator('tbody tr').count());
    await page.goto(`${server.url}/jobcenter/22116`);
    await page.getByRole('alert').filter({ hasText: 'gibt es nicht, oder es liegt außerhalb' }).waitFor();
    await accessible(page, 'fremdes-jobcenter');
  }));
});

describe('three clicks to the reason', () => {
  it('overview, target, derivation down to file and line', withPage('ministerium', async (page) => {
    await page.getByLabel('Status').selectOption('nicht_erreicht'); // one
    await page.getByRole('status').filter({ hasNotText: /✓ erreicht/ }).first().waitFor();
    await page.locator('tbody tr td a').first().click(); // two
    await page.getByRole('heading', { name: 'Urteil' }).waitFor();
    await page.getByText('✗ nicht erreicht').first().waitFor();
    await page.getByRole('heading', { name: 'Warum? Die Herleitung' }).waitFor();
    const closed = page.locator('details:not([open]) > summary').filter({ hasNotText: 'Als Tabelle' });
    while ((await closed.count()) > 0) await closed.first().click();
    assert.match(await page.locator('.leaf').filter({ hasText: 'zahlen_erfunden' }).first().innerText(), /Lieferung \d+: zahlen_erfunden_\d+\.csv, Zeile \d+/);
    await accessible(page, 'ziel');
  }));
});

describe('target', () => {
  it('moves the whole page with the Ladestand, by keyboard', withPage('ministerium', async (page) => {
    await page.goto(`${server.url}/vereinbarung/33148-2021/ziel/T2?month=2021-06&asOf=2021-06`);
    await page.getByText('Ladestand Juni 2021 (t-0').waitFor();
    const slider = page.getByRole('slider', { name: /Ladestand/ });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByText('Ladestand August 2021 (t-2').waitFor();
    assert.match(page.url(), /asOf=2021-08/);
    const rows = page.getByRole('region', { name: 'Revisionen' }).locator('tbody tr');
    assert.equal(await rows.count(), 12);
    const june = await rows.nth(5).locator('td').allInnerTexts();
    assert.equal(june.length, 4);
    const verdict = await page.locator('.verdict-box .verdict').innerText();
    const shown = /Ist ([+-]?[\d.,]+)/.exec(verdict)[1];
    assert.ok(june[2].includes(shown), `the triangle at t-2 (${june[2]}) says what the verdict says (${verdict})`);
  }));

  it('reads a chart with the arrow keys and as a table', withPage('ministerium', async (page) => {
    await page.goto(`${server.url}/vereinbarung/33148-2021/ziel/T2?month=2021-09`);
    const chart = page.getByRole('slider', { name: 'Verlauf im Jahr' });
    await chart.focus();
    await page.keyboard.press('Home');
    assert.match(await chart.getAttribute('aria-valuetext'), /^Januar 2021, t-\d: Ist .*, Soll /);
    await page.keyboard.press('ArrowRight');
    assert.match(await chart.getAttribute('aria-valuetext'), /^Februar 2021/);
    await page.getByText('Als Tabelle').click();
    assert.equal(await page.locator('figure table tbody tr').count(), 9);
  }));
});

describe('Jobcenter', () => {
  it('shows each target with bullet and course, qualitative goals, programmes, budgets', withPage('gremium.heidekreis', async (page) => {
    await page.getByRole('link', { name: 'Heidekreis' }).first().click();
    await page.getByRole('heading', { name: 'Jobcenter Heidekreis' }).waitFor();
    await page.locator('article.target').first().waitFor();
    assert.ok((await page.getByRole('slider').count()) > 2);
    await page.getByRole('heading', { name: 'Qualitative Ziele' }).waitFor();
    await page.getByRole('heading', { name: 'Budgets' }).waitFor();
    await accessible(page, 'jobcenter');
    assert.equal(await page.getByRole('link', { name: 'Lieferungen' }).count(), 0, 'the committee has no deliveries');
  }));
});

describe('comparison', () => {
  it('ranks the Jobcenter that have the figure, and says who has none', withPage('ministerium', async (page) => {
    await page.goto(`${server.url}/vergleich?kennzahl=K2&month=2020-12`);
    const rows = page.getByRole('region', { name: 'Rangfolge' }).locator('tbody tr');
    await rows.first().waitFor();
    assert.equal(await rows.count(), 3);
    assert.match(await rows.first().innerText(), /^1 von 3/);
    const first = JSON.parse(server.zielwerk(['peers', 'K2', '--month=2020-12', '--art=jahr', '--format=json']))[0];
    assert.ok((await rows.first().innerText()).includes(first.name), 'the order of the command line');
    await accessible(page, 'vergleich');
    await page.getByLabel('Land').selectOption('BY');
    await page.getByText('Kein Jobcenter dieser Auswahl hat die Zahl').waitFor();
  }));
});

describe('deliveries', () => {
  it('tries a file, says what would change, takes it over', withPage('controlling.lippe', async (page) => {
    await page.getByRole('link', { name: 'Lieferungen' }).click();
    await page.getByRole('heading', { name: 'Übernommen' }).waitFor();
    const taken = page.getByRole('region', { name: 'Übernommene Lieferungen' }).locator('tbody tr');
    await taken.first().waitFor();
    const before = await taken.count();
    const lines = readFileSync(demo('zahlen_erfunden_33148.csv'), 'utf8').trim().split('\n');
    // An official correction that halves the Integrationen of June in every Ladestand: verdicts flip.
    const halved = lines.filter((line, index) => index === 0 || /;2021-06;[^;]*;INT;/.test(line)).map((line, index) => (index === 0 ? line : line.replace(/[\d]+$/, (all) => String(Math.floor(Number(all) / 2)))));
    const file = join(server.folder, 'korrektur_erfunden.csv');
    writeFileSync(file, halved.join('\n') + '\n');
    await page.getByLabel(/Zahlen als CSV/).setInputFiles(file);
    await page.getByRole('heading', { name: 'Probelauf: korrektur_erfunden.csv' }).waitFor();
    await page.getByText('Verweigert: diese Werte sind schon').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Übernehmen' }).count(), 0, 'what is refused cannot be taken over');
    await accessible(page, 'lieferung-verweigert');
    await page.getByLabel(/Amtliche Korrektur/).check();
    await page.getByRole('button', { name: 'Übernehmen' }).waitFor();
    assert.ok((await page.locator('.flip').count()) > 0, 'verdicts flip');
    await page.getByText('Woran es liegt').first().waitFor();
    await accessible(page, 'lieferung-probelauf');
    await page.getByLabel('Bemerkung zur Lieferung').fill('erfunden, <b>nur</b> ein Test');
    await page.getByRole('button', { name: 'Übernehmen' }).click();
    await page.getByText(/Lieferung \d+ ist übernommen/).waitFor();
    await taken.nth(before).waitFor();
    await page.getByText('erfunden, <b>nur</b> ein Test').waitFor();
  }));

  it('tries an Excel workbook by the layout it has', withPage('controlling.lippe', async (page) => {
    await page.goto(`${server.url}/lieferungen`);
    await page.getByLabel(/Zahlen als CSV/).setInputFiles(new URL('../../tests/data/workbooks/t33148_kennzahlen_erfunden.xlsx', import.meta.url).pathname);
    await page.getByLabel('Layoutprofil der Mappe').selectOption({ label: 'Beispiel: Bestand und Zugang nach Monaten' });
    await page.getByRole('alert').filter({ hasText: 't33148_kennzahlen_erfunden.xlsx' }).waitFor();
    await page.getByLabel('Layoutprofil der Mappe').selectOption({ label: 'Beispiel: Kennzahlen eines Monats, Spalten nach Geschlecht und Gruppe' });
    await page.getByRole('heading', { name: 'Probelauf: t33148_kennzahlen_erfunden.xlsx' }).waitFor();
    await accessible(page, 'lieferung-mappe');
  }));

  it('says all that is wrong with a file and keeps nothing', withPage('ministerium', async (page) => {
    await page.goto(`${server.url}/lieferungen`);
    const file = join(server.folder, 'kaputt.csv');
    writeFileSync(file, 'traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n33148;2021-13;2021-06;INT;T;;5\n99999;2021-06;2021-06;XX;T;;5\n');
    await page.getByLabel(/Zahlen als CSV/).setInputFiles(file);
    await page.getByRole('alert').filter({ hasText: 'nichts wurde übernommen' }).waitFor();
    assert.ok((await page.locator('.problems li').count()) >= 2);
    await accessible(page, 'lieferung-kaputt');
  }));
});

describe('record and contract', () => {
  it('the revision reads who changed what', withPage('revision', async (page) => {
    await page.getByRole('link', { name: 'Protokoll' }).click();
    await page.getByText('Die Kette ist unversehrt').waitFor();
    await page.getByRole('cell', { name: 'konto.anlegen' }).first().waitFor();
    await accessible(page, 'protokoll');
    await picture(page, 'protokoll');
  }));

  it('the contract can be read without a log-in', withPage(null, async (page) => {
    await page.getByRole('link', { name: 'Schnittstelle' }).click();
    await page.getByText('/api/v1/overview').waitFor();
    await accessible(page, 'schnittstelle');
  }));

  it('the administration of accounts sees no figures', withPage('verwaltung', async (page) => {
    await page.getByText('sieht keine Zahlen').waitFor();
    await accessible(page, 'verwaltung');
  }));
});

describe('without colour, large, on paper', () => {
  it('forced colours and 200 % keep every word', withPage('ministerium', async (page) => {
    await page.locator('tbody tr').first().waitFor();
    await accessible(page, 'uebersicht-zwang', ['light']); // forced colours take the place of a theme
  }, { forcedColors: 'active', viewport: { width: 640, height: 450 } }));
});
