// The pages of figures: overview, Jobcenter, target, comparison, deliveries, and the charts on them.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { accessible, demo, picture, site } from './kit.mjs';

const { server, withPage } = site('', { own: true });
const saved = async (page, click) => {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
};
// Every number of a chart stands in its table, and the arrow keys read the same.
async function readsLikeItsTable(page, figure) {
  const slider = figure.getByRole('slider');
  await figure.getByText('Als Tabelle').click();
  const cells = await figure.locator('tbody tr').first().locator('th, td').allInnerTexts();
  await slider.focus();
  await page.keyboard.press('Home');
  const spoken = await slider.getAttribute('aria-valuetext');
  for (const cell of cells.slice(1)) assert.ok(spoken.includes(cell), `„${spoken}“ says „${cell}“`);
  await figure.getByText('Als Tabelle').click();
}

describe('overview', () => {
  it('filters, sorts, counts and says what changed, by keyboard', withPage('ministerium', async (page) => {
    const rows = page.getByRole('region', { name: 'Ziele' }).locator('tbody tr');
    await rows.first().waitFor();
    for (const name of ['Lippe', 'Borken', 'Düren', 'Heidekreis', 'Mansfeld-Südharz']) assert.ok((await rows.filter({ hasText: name }).count()) > 0, name);
    assert.match(await rows.filter({ hasText: 'Düren' }).first().innerText(), /[✓✗○?] (erreicht|nicht erreicht|offen|nicht bewertbar)/);
    await accessible(page, 'uebersicht');
    await picture(page, 'uebersicht');
    const all = await rows.count();
    const missed = await rows.filter({ hasText: '✗ nicht erreicht' }).count();
    assert.ok(missed > 0 && missed < all);
    await page.getByLabel('Status').focus();
    await page.keyboard.type('nicht e');
    await page.waitForURL(/status=nicht_erreicht/);
    await rows.nth(missed).waitFor({ state: 'detached' });
    await rows.nth(missed - 1).waitFor(); // each letter chose something; the last choice is what counts
    assert.equal(await rows.filter({ hasText: '✗ nicht erreicht' }).count(), missed);
    await page.getByLabel('Status').selectOption('');
    await rows.nth(all - 1).waitFor();
    await page.getByLabel('Berichtsmonat').selectOption('06');
    await page.getByLabel('Ladestand').selectOption('t-2');
    await page.waitForURL(/month=06&asOf=t-2/);
    await rows.filter({ hasText: 'Stand Jul' }).first().waitFor();
    await page.getByRole('button', { name: 'Abstand' }).press('Enter');
    await page.getByRole('columnheader', { name: 'Abstand' }).and(page.locator('[aria-sort=ascending]')).waitFor();
    await page.getByRole('button', { name: 'Abstand' }).press('Enter');
    await page.getByRole('columnheader', { name: 'Abstand' }).and(page.locator('[aria-sort=descending]')).waitFor();
    const csv = await saved(page, () => page.getByRole('link', { name: 'CSV' }).click());
    assert.equal(csv.name, 'zielwerk_uebersicht.csv');
    assert.equal(csv.bytes.toString('utf8').trim().split('\n').length - 1, all, 'exactly what is seen');
    await page.getByLabel('Suche').fill('gibt es nicht');
    await page.getByText('Zu dieser Auswahl gibt es kein Ziel').waitFor();
    await accessible(page, 'uebersicht-leer');
  }));
});

describe('Jobcenter', () => {
  it('shows each target with its charts, dates, programmes and own figures', withPage('ministerium', async (page) => {
    await page.goto(`${server.url}/jobcenter/22116?month=2020-06&asOf=t-1`);
    const targets = page.locator('article.target');
    await targets.first().waitFor();
    for (const title of [/Stand im Jahr/, /Verlauf im Jahr/, /zwölf Monate/, /Frauen und Männer/]) await targets.first().getByRole('slider', { name: title }).first().waitFor();
    for (const heading of ['Qualitative Ziele', 'Budgets', 'Termine und Gespräche', 'Monitoring und Prognosen']) await page.getByRole('heading', { name: heading }).waitFor();
    await page.getByText('mindestens jedoch zweimal jährlich').first().waitFor();
    const twelve = targets.first().locator('figure').filter({ hasText: 'zwölf Monate, ' });
    await readsLikeItsTable(page, twelve);
    await readsLikeItsTable(page, page.locator('figure').filter({ hasText: 'Zeitstrahl' }));
    assert.equal(await twelve.locator('circle.provisional').count(), 2, 'the last two months are provisional at t-1');
    await accessible(page, 'jobcenter');
    await picture(page, 'jobcenter', targets.first());
    const svg = await saved(page, async () => {
      await twelve.getByText('Als Tabelle').click();
      await twelve.getByRole('button', { name: 'SVG' }).click();
    });
    assert.match(svg.bytes.toString('utf8'), /^<svg [^]*zwölf Monate[^]*stroke-width/);
    const png = await saved(page, () => twelve.getByRole('button', { name: 'PNG' }).click());
    assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.bytes.length > 5000, 'a picture with something on it');
    await page.goto(`${server.url}/jobcenter/98000`);
    await page.getByRole('heading', { name: 'Eigene frühe Zahlen' }).waitFor();
    await page.getByText('nicht amtlich').first().waitFor();
    await page.getByRole('slider', { name: /Ausblick/ }).waitFor();
    await accessible(page, 'jobcenter-eigene');
  }));

  it('shows places of programmes as steps', withPage('ministerium', async (page) => {
    await page.goto(`${server.url}/jobcenter/04704`);
    await page.getByRole('heading', { name: 'Programme' }).waitFor();
    await readsLikeItsTable(page, page.locator('figure').filter({ hasText: 'Plätze über die Zeit' }).first());
    await accessible(page, 'jobcenter-programme', ['light']);
  }));
});

describe('target', () => {
  it('shows unequal Ladestände only if they are chosen, and says so', withPage('ministerium', async (page) => {
    await page.goto(`${server.url}/vereinbarung/33148-2021/ziel/T1?month=2021-06&asOf=t-0`);
    await page.getByRole('heading', { name: 'Urteil', exact: true }).waitFor();
    assert.equal(await page.getByText('ngleiche Ladestände').count(), 0);
    await picture(page, 'ziel');
    await page.getByLabel('Vorjahr').focus();
    await page.keyboard.type('ungleich: t-3');
    await page.waitForURL(/asOfLastYear=t-3/);
    await page.getByText('So wird nicht geurteilt').waitFor();
    assert.equal(await page.locator('.verdict-box .state:is(.success, .danger)').count(), 0, 'no colour of a verdict');
    await page.locator('.verdict-box .unequal').waitFor();
    await accessible(page, 'ziel-ungleich');
    await page.getByLabel('Vorjahr').selectOption('');
    await page.getByText('So wird nicht geurteilt').waitFor({ state: 'detached' });
  }));
});

describe('comparison', () => {
  it('small courses, two figures, a free group, files', withPage('ministerium', async (page) => {
    await page.goto(`${server.url}/vergleich?kennzahl=K2&month=2020-12`);
    const rows = page.getByRole('region', { name: 'Rangfolge' }).locator('tbody tr');
    await rows.first().waitFor();
    await picture(page, 'vergleich');
    await page.getByLabel('Ansicht').selectOption('kleine');
    await page.locator('figure.small').nth(2).waitFor();
    await readsLikeItsTable(page, page.locator('figure.small').first());
    await accessible(page, 'vergleich-kleine');
    await page.getByLabel('Ansicht').selectOption('wolke');
    const cloud = page.getByRole('slider', { name: 'K2 gegen K3' });
    await cloud.waitFor();
    await cloud.focus();
    await page.keyboard.press('End');
    assert.equal(await page.locator('circle.cursor').count(), 1, 'the point that is read is marked');
    await accessible(page, 'vergleich-wolke');
    await page.getByLabel('Ansicht').selectOption('rang');
    for (const index of [0, 1]) await rows.nth(index).getByRole('checkbox').press('Space');
    await page.getByRole('button', { name: 'Nur die gewählten 2 vergleichen' }).press('Enter');
    await page.waitForURL(/traeger=\d{5}(%2C|,)\d{5}/);
    await rows.nth(2).waitFor({ state: 'detached' });
    await page.getByText('Freie Gruppe aus 2 Jobcentern').waitFor();
    const book = await saved(page, () => page.getByRole('link', { name: 'XLSX' }).click());
    assert.equal(book.name, 'zielwerk_vergleich_K2.xlsx');
    assert.equal(book.bytes.subarray(0, 2).toString(), 'PK');
  }));

  it('stays within the own Zuständigkeit', withPage('controlling.lippe', async (page) => {
    await page.goto(`${server.url}/vergleich?kennzahl=K2&month=2021-06`);
    await page.getByRole('region', { name: 'Rangfolge' }).getByText('Lippe').waitFor();
    await page.goto(`${server.url}/vergleich?kennzahl=K2&month=2021-06&land=NW`);
    await page.getByText('Verglichen wird innerhalb der eigenen Zuständigkeit').waitFor();
    await accessible(page, 'vergleich-verweigert', ['light']);
  }));
});

describe('deliveries', () => {
  it('completeness, what a delivery changed, and the sum of its parts', withPage('ministerium', async (page) => {
    await page.goto(`${server.url}/lieferungen?jahr=2021&land=NW`);
    const board = page.getByRole('region', { name: 'Vollständigkeit' });
    await board.locator('tbody tr').filter({ hasText: 'Lippe' }).waitFor();
    assert.match(await board.locator('tbody tr').filter({ hasText: 'Lippe' }).innerText(), /t-3 vollständig/);
    assert.match(await board.locator('tbody tr').filter({ hasText: 'Borken' }).innerText(), /fehlt/);
    const file = join(server.folder, 'korrektur.csv');
    const lines = readFileSync(demo('zahlen_erfunden_31118.csv'), 'utf8').trim().split('\n');
    writeFileSync(file, [lines[0], ...lines.filter((line) => /;2023-06;[^;]*;INT;/.test(line)).map((line) => line.replace(/\d+$/, (all) => String(Math.floor(Number(all) / 2))))].join('\n') + '\n');
    await page.getByLabel(/Amtliche Korrektur/).check();
    await page.getByLabel(/Zahlen als CSV/).setInputFiles(file);
    await page.getByRole('button', { name: 'Übernehmen' }).waitFor();
    await page.locator('.parts .sum').first().waitFor();
    await picture(page, 'lieferungen', page.locator('.verdict-box'));
    const would = await page.locator('.flip').allInnerTexts();
    await page.getByRole('button', { name: 'Übernehmen' }).click();
    await page.getByText(/Lieferung \d+ ist übernommen/).waitFor();
    await page.getByRole('button', { name: /Was änderte Nr/ }).first().press('Enter');
    await page.locator('#effect .flip').first().waitFor();
    assert.deepEqual(await page.locator('#effect .flip').allInnerTexts(), would, 'what the dry run said came true');
    await accessible(page, 'lieferungen');
  }));
});
