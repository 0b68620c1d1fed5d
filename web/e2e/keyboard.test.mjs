// The month's work from log-in to the record with keys alone: nothing is clicked, and where the focus is can be seen at every stop.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { accessible, demo, paper, password, picture, site } from './kit.mjs';

const { server, withPage } = site();

const still = (page) => page.waitForFunction(() => !document.querySelector('[aria-busy=true]'));

// Tab there, or back, until the element has the focus, which must be visible.
async function reach(page, element) {
  await element.waitFor({ state: 'attached' });
  await still(page); // what arrives later moves what is below it
  const back = await element.evaluate((node) => document.activeElement !== document.body && (node.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  const here = () => element.evaluate((node) => node === document.activeElement);
  for (let stops = 0; !(await here()); ++stops) {
    assert.ok(stops < 400, `no way by keyboard to ${element}`);
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  const visible = (node) => {
    const style = getComputedStyle(node);
    const { top, bottom, left, right } = node.getBoundingClientRect();
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  };
  await page.waitForFunction(visible, await element.elementHandle(), { timeout: 10_000 }).catch(() => assert.fail(`the focus on ${element} is not seen`));
}
async function press(page, element, key = 'Enter') {
  await reach(page, element);
  await page.keyboard.press(key);
}
async function type(page, element, text) {
  await reach(page, element);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}
// The first letters of an option choose it.
async function choose(page, element, text) {
  await reach(page, element);
  await page.keyboard.type(text);
}
async function file(page, element, path) {
  await reach(page, element);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
  await chooser.setFiles(path);
}
async function saved(page, link) {
  await reach(page, link);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  return readFileSync(await download.path(), 'utf8');
}
async function logIn(page, name, secret = password) {
  await type(page, page.getByLabel('Name'), name);
  await type(page, page.getByLabel('Kennwort'), secret);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Abmelden' }).waitFor();
}
async function change(page, name, secret) {
  await press(page, page.getByRole('button', { name: 'Abmelden' }));
  await logIn(page, name, secret);
}
const area = (page, name) => page.getByRole('navigation', { name: 'Bereiche' }).getByRole('link', { name });
const select = (page, words) => page.locator('label', { hasText: new RegExp(`^${words}`) }).locator('select');
const version = (page, number) => page.getByRole('status').filter({ hasText: `Gespeichert als Fassung ${number}.` }).waitFor();

describe('by keyboard alone', () => {
  it('log in, find the missed target, see what was known when', withPage(null, async (page) => {
    await logIn(page, 'ministerium');
    const rows = page.getByRole('region', { name: 'Ziele' }).locator('tbody tr');
    await rows.first().waitFor();
    await page.keyboard.press('Tab');
    await choose(page, page.getByLabel('Status'), 'nicht e');
    await page.waitForURL(/status=nicht_erreicht/);
    const sorted = page.getByRole('button', { name: 'Abstand' });
    await press(page, sorted);
    await page.locator('th[aria-sort=ascending]', { hasText: 'Abstand' }).waitFor();
    assert.match(await saved(page, page.getByRole('link', { name: 'CSV' })), /nicht_erreicht|nicht erreicht/);
    await type(page, page.getByLabel('Suche'), 'Düren');
    await page.waitForURL(/search=D/);
    await rows.filter({ hasNotText: 'Düren' }).first().waitFor({ state: 'detached' });
    await press(page, rows.first().getByRole('link').first());
    await page.getByRole('heading', { name: 'Jobcenter Düren' }).waitFor();
    const chart = page.getByRole('slider', { name: /Verlauf im Jahr/ }).first();
    await press(page, chart, 'Home');
    assert.match(await chart.getAttribute('aria-valuetext'), /^Januar/);
    await press(page, page.locator('article.target').first().getByRole('link').first());
    await page.getByRole('heading', { name: 'Urteil', exact: true }).waitFor();
    const slider = page.getByRole('slider', { name: /Ladestand: was wusste man/ });
    await press(page, slider, 'End');
    await page.waitForURL(/asOf=/);
    await page.locator('.verdict-box', { hasText: '(t-3' }).waitFor();
    await press(page, slider, 'ArrowLeft');
    await page.locator('.verdict-box', { hasText: '(t-2' }).waitFor();
    await choose(page, page.getByLabel('Vorjahr'), 'ungleich');
    await page.getByText('So wird nicht geurteilt').waitFor();
    await accessible(page, 'tastatur-ziel', ['light']);
    const fold = page.locator('section[aria-labelledby=why] details:not([open]) > summary').first();
    await press(page, fold);
    await page.locator('section[aria-labelledby=why] details[open]').first().waitFor();
    await press(page, page.getByRole('link', { name: 'Im Papier lesen' }));
    await page.locator('.paper .here').first().waitFor();
  }));

  it('compare a group, take over a delivery', withPage(null, async (page) => {
    await logIn(page, 'ministerium');
    await press(page, area(page, 'Vergleich'));
    const ranks = page.getByRole('region', { name: 'Rangfolge' });
    await select(page, 'Kennzahl').waitFor();
    await choose(page, select(page, 'Jahr'), '2020');
    await choose(page, select(page, 'Monat'), 'Dez');
    await page.waitForURL(/month=2020-12/);
    await ranks.locator('tbody tr').nth(2).waitFor();
    for (const index of [0, 1]) await press(page, ranks.getByRole('checkbox').nth(index), 'Space');
    await press(page, page.getByRole('button', { name: 'Nur die gewählten 2 vergleichen' }));
    await page.getByText('Freie Gruppe aus 2 Jobcentern').waitFor();
    await ranks.locator('tbody tr').nth(2).waitFor({ state: 'detached' });
    assert.equal((await saved(page, page.getByRole('link', { name: 'CSV' }))).trim().split('\n').length, 3, 'exactly what is seen');

    await press(page, area(page, 'Lieferungen'));
    await page.getByRole('heading', { name: 'Übernommen', exact: true }).waitFor();
    const lines = readFileSync(demo('zahlen_erfunden_33148.csv'), 'utf8').trim().split('\n');
    const path = join(server.folder, 'tastatur.csv');
    writeFileSync(path, [lines[0], ...lines.filter((line) => /;2021-06;[^;]*;INT;/.test(line)).map((line) => line.replace(/\d+$/, (all) => String(Math.floor(Number(all) / 2))))].join('\n') + '\n');
    await file(page, page.getByLabel(/Zahlen als CSV/), path);
    await page.getByText('Verweigert: diese Werte sind schon').waitFor();
    await press(page, page.getByLabel(/Amtliche Korrektur/), 'Space');
    await type(page, page.getByLabel('Bemerkung zur Lieferung'), 'nur mit Tasten (erfunden)');
    await press(page, page.getByRole('button', { name: 'Übernehmen' }));
    await page.getByText(/Lieferung \d+ ist übernommen/).waitFor();
    await page.getByRole('cell', { name: 'nur mit Tasten (erfunden)' }).waitFor();
    await press(page, page.getByRole('button', { name: /Was änderte Nr/ }).first());
    await page.locator('#effect .flip').first().waitFor();
  }));

  it('read a paper, correct, add to lists, share, comment, confirm', withPage(null, async (page) => {
    await logIn(page, 'leitung.lippe');
    await press(page, area(page, 'Vereinbarungen'));
    await type(page, page.getByLabel(/Trägernummer/), '33148');
    await file(page, page.getByLabel('Vereinbarung als PDF'), paper('beispiele/erlenau_2024.txt'));
    await page.getByText('Alles im Papier ist verstanden.').waitFor();
    const address = page.url();
    await press(page, page.locator('.paper [data-path^="targets[T1]"][tabindex="0"]').first());
    const target = page.locator('[data-entry="targets[T1]"]');
    await press(page, target.getByRole('button', { name: 'Korrigieren' }));
    await type(page, target.getByLabel('Wert mit Vorzeichen'), '2,7');
    await type(page, target.getByLabel(/Warum/), 'im Original nachgesehen');
    await page.keyboard.press('Enter');
    await version(page, 2);

    // an entry of a list, an entry of a list within it, a target with a reference of its own
    const group = (name) => page.locator('details.group > summary').filter({ hasText: name });
    await press(page, group('Mittel'));
    await press(page, page.getByRole('button', { name: 'Mittel: Eintrag ergänzen' }));
    const budget = page.getByRole('form', { name: 'Mittel: Eintrag ergänzen' });
    for (const [label, text] of [['Zeile des Papiers, von', '34'], ['Titel', 'Landesmittel (erfunden)'], ['Betrag', '12500,5'], ['Jahr', '2024'], [/Warum/, 'stand nicht in der Tabelle']]) await type(page, budget.getByLabel(label), text);
    await accessible(page, 'entwurf-neuer-eintrag', ['light', 'dark']);
    await press(page, budget.getByRole('button', { name: 'Eintrag aufnehmen' }));
    await version(page, 3);
    await page.locator('dd', { hasText: '12500,5' }).waitFor({ state: 'attached' });
    await press(page, group('Qualitative Ziele'));
    await press(page, page.getByRole('button', { name: 'Qualitative Ziele: Eintrag ergänzen' }));
    const goal = page.getByRole('form', { name: 'Qualitative Ziele: Eintrag ergänzen' });
    for (const [label, text] of [['Zeile des Papiers, von', '34'], ['Titel', 'Konzept (erfunden)'], [/Warum/, 'übersehen']]) await type(page, goal.getByLabel(label), text);
    await press(page, goal.getByRole('button', { name: 'Eintrag aufnehmen' }));
    await version(page, 4);
    await press(page, page.locator('[data-entry="qualitative_goals[Q1]"] > summary'));
    await press(page, page.getByRole('button', { name: 'Schritt: Eintrag ergänzen' }));
    const step = page.getByRole('form', { name: 'Schritt: Eintrag ergänzen' });
    for (const [label, text] of [['Zeile des Papiers, von', '34'], ['Text', 'Bestandsaufnahme (erfunden)'], [/Warum/, 'übersehen']]) await type(page, step.getByLabel(label), text);
    await press(page, step.getByRole('button', { name: 'Eintrag aufnehmen' }));
    await version(page, 5);
    await press(page, page.locator('[data-entry="qualitative_goals[Q1]"]').getByRole('button', { name: 'Korrigieren' }));
    await type(page, page.getByRole('form', { name: 'Q1 korrigieren' }).getByLabel(/Warum/), 'doch nicht');
    await press(page, page.getByRole('button', { name: 'Eintrag entfernen' }));
    await version(page, 6);
    await press(page, page.getByText('Ziel ergänzen, das nicht gelesen wurde'));
    const another = page.getByRole('form', { name: 'Ziel ergänzen' });
    await type(page, another.getByLabel('Zeile des Papiers, von'), '34');
    await type(page, another.getByLabel('Wert mit Vorzeichen'), '-1,5');
    const compared = another.getByLabel('Womit wird verglichen?');
    await reach(page, compared);
    for (let steps = 0; (await compared.inputValue()) !== 'BASE_MONTH'; ++steps) {
      assert.ok(steps < 12, 'a fixed month is among the choices');
      await page.keyboard.press('ArrowDown');
    }
    await type(page, another.getByLabel(/Vergleichsjahr/), '2022');
    await type(page, another.getByLabel(/Vergleichsmonat/), '12');
    await type(page, another.getByLabel(/Warum/), 'übersehen (erfunden)');
    await accessible(page, 'entwurf-neues-ziel-vergleich', ['light']);
    await press(page, another.getByRole('button', { name: 'Ziel aufnehmen' }));
    await version(page, 7);

    await type(page, page.getByLabel('Anmerkung', { exact: true }), 'bitte ansehen');
    await press(page, page.getByLabel(/auch für andere Seiten/), 'Space');
    await press(page, page.getByRole('button', { name: 'Anmerken' }).last());
    await page.getByText('bitte ansehen').waitFor();
    await choose(page, page.getByLabel('Seite', { exact: true }), 'Bund');
    await press(page, page.getByRole('button', { name: 'Fassung 7 teilen' }));
    await page.getByText('sieht Fassung 7').waitFor();

    await change(page, 'controlling.lippe');
    await press(page, area(page, 'Vereinbarungen'));
    await press(page, page.getByRole('region', { name: 'Entwürfe' }).getByRole('link').first());
    await page.getByText('Zweite Person: Die letzte Änderung stammt von').waitFor();
    assert.equal(page.url(), address);
    await press(page, page.getByRole('button', { name: 'Entwurf bestätigen' }));
    await page.getByText('Aus dem Entwurf ist eine Vereinbarung geworden.').waitFor();
  }));

  it('accounts, own password, access keys, the record', withPage(null, async (page) => {
    await logIn(page, 'verwaltung');
    await press(page, area(page, 'Konten'));
    const made = page.getByRole('region', { name: 'Neues Konto' });
    for (const [label, text] of [[/Name zum Anmelden/, 'n.neu'], ['Person', 'N. Neu <svg onload=alert(1)>'], [/Zuständigkeit/, '33148']]) await type(page, made.getByLabel(label), text);
    await reach(page, made.getByLabel('Rolle'));
    await page.keyboard.type('Contr');
    await press(page, made.getByRole('button', { name: 'Anlegen' }));
    await page.getByText('Erstkennwort von n.neu').waitFor();
    const first = await page.locator('.notice.success code').innerText();
    await accessible(page, 'konten-neu');
    await picture(page, 'konten');
    await press(page, page.getByRole('button', { name: 'Konto n.neu ändern' }));
    const one = page.getByRole('region', { name: 'Konto n.neu ändern' });
    await type(page, one.getByLabel(/Zuständigkeit/), 'NW,99999');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'ist keine Zuständigkeit' }).waitFor();
    await accessible(page, 'konten-problem', ['light']);
    await type(page, one.getByLabel(/Zuständigkeit/), 'NW');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Gespeichert.' }).waitFor();
    await press(page, one.getByRole('button', { name: 'Sperren' }));
    await page.getByRole('row', { name: /n\.neu .*✗ gesperrt/ }).waitFor();
    await press(page, one.getByRole('button', { name: 'Freigeben' }));
    await page.getByRole('row', { name: /n\.neu .*✓ frei/ }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Konto verwaltung ändern' }).count(), 0, 'nobody changes the own account');

    await change(page, 'n.neu', first);
    await page.getByRole('heading', { name: 'Kennwort ändern' }).waitFor();
    await accessible(page, 'kennwort-erstes');
    const own = 'ein eigenes Kennwort (erfunden)';
    for (const [label, text] of [['Bisheriges Kennwort', first], ['Neues Kennwort', own], ['Neues Kennwort, noch einmal', 'etwas anderes']]) await type(page, page.getByLabel(label, { exact: true }), text);
    await page.getByText('Die beiden neuen Kennwörter sind verschieden.').waitFor();
    await type(page, page.getByLabel('Neues Kennwort, noch einmal'), own);
    await page.keyboard.press('Enter');
    await area(page, 'Übersicht').waitFor();
    await press(page, area(page, 'Zugänge'));
    await type(page, page.getByLabel('Wofür?'), 'Monatslieferung');
    await page.keyboard.press('Enter');
    await page.getByText('jetzt aufbewahren').waitFor();
    await press(page, page.getByRole('button', { name: /Zugangsschlüssel „Monatslieferung“ beenden/ }));
    await page.getByRole('row', { name: /beendet/ }).waitFor();
    await press(page, page.getByRole('link', { name: 'Kennwort' }));
    await type(page, page.getByLabel('Bisheriges Kennwort'), 'falsch');
    for (const label of ['Neues Kennwort', 'Neues Kennwort, noch einmal']) await type(page, page.getByLabel(label, { exact: true }), `${own} neu`);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Das bisherige Kennwort stimmt nicht.' }).waitFor();
    await accessible(page, 'kennwort-falsch', ['light']);

    await change(page, 'revision');
    await press(page, area(page, 'Protokoll'));
    for (const action of ['konto.anlegen', 'konto.aendern', 'konto.sperren', 'konto.entsperren', 'konto.kennwort', 'zugang.beenden']) await page.getByRole('cell', { name: action, exact: true }).last().waitFor();
  }));
});

// What the pages look like elsewhere: large type, colours of the system, wide and middling screens.
describe('other screens', () => {
  const addresses = ['/', '/jobcenter/22116', '/vereinbarung/33148-2021/ziel/T2?month=2021-06', '/vergleich?kennzahl=K2&month=2020-12', '/lieferungen?jahr=2021&land=NW', '/vereinbarungen', '/vereinbarung/33148-2021', '/zugaenge', '/kennwort'];
  const look = async (page, name) => {
    for (const [index, address] of addresses.entries()) {
      await page.goto(server.url + address);
      await page.locator('main h1').waitFor();
      await still(page);
      const over = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll('.scroll')].map((one) => [one.getAttribute('aria-label') ?? 'page', one.scrollWidth - one.clientWidth]));
      assert.ok(over[0][1] <= 0, `${address}, ${name}: scrolls sideways by ${over[0][1]}`);
      if (process.env.ZIELWERK_SHOTS) await page.screenshot({ path: join(process.env.ZIELWERK_SHOTS, `schirm-${name}-${index}.png`), fullPage: true });
    }
  };
  it('the focus stands out from its ground, light and dark', withPage('ministerium', async (page) => {
    // Contrast of the outline of what has the focus with the nearest ground that is painted.
    const contrast = () => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const painted = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
      };
      const light = (rgb) => [0.2126, 0.7152, 0.0722].reduce((sum, part, index) => sum + part * (rgb[index] / 255 <= 0.04045 ? rgb[index] / 3294.6 : ((rgb[index] / 255 + 0.055) / 1.055) ** 2.4), 0);
      const node = document.activeElement;
      const outline = painted(getComputedStyle(node).outlineColor);
      let around = node.parentElement;
      while (around && painted(getComputedStyle(around).backgroundColor)[3] < 255) around = around.parentElement;
      const [dark, bright] = [light(outline), light(around ? painted(getComputedStyle(around).backgroundColor) : [255, 255, 255])].sort((one, other) => one - other);
      return { what: `${node.tagName} ${node.className}`, ratio: outline[3] < 255 ? 1 : (bright + 0.05) / (dark + 0.05) };
    };
    for (const theme of ['light', 'dark']) {
      for (const address of ['/', '/jobcenter/22116', '/vereinbarung/33148-2021']) {
        await page.goto(server.url + address);
        await page.locator('main h1').waitFor();
        await still(page);
        await page.evaluate((wanted) => document.documentElement.setAttribute('data-kern-theme', wanted), theme);
        for (let stops = 0; stops < 30; ++stops) {
          await page.keyboard.press('Tab');
          const { what, ratio } = await page.evaluate(contrast);
          assert.ok(ratio >= 3, `${what} on ${address}, ${theme}: ${ratio.toFixed(1)}`);
        }
      }
    }
  }));
  it('at 200 % and in the colours of the system', withPage('ministerium', async (page) => {
    await look(page, '200-zwang');
    await accessible(page, 'kennwort-zwang', ['light']);
  }, { forcedColors: 'active', viewport: { width: 640, height: 450 } }));
  it('at 1000 and 1920 pixels', withPage('ministerium', async (page) => {
    for (const width of [1000, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      await look(page, String(width));
      await page.goto(server.url);
      const table = page.getByRole('region', { name: 'Ziele' });
      await table.waitFor();
      assert.ok(await table.evaluate((node) => node.scrollWidth <= node.clientWidth), `the overview fits ${width} pixels`);
    }
  }));
  it('on paper', withPage('ministerium', async (page) => {
    await page.getByRole('button', { name: 'Dunkel' }).click();
    await page.locator('html[data-kern-theme=dark]').waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.locator('html[data-kern-theme=light]').waitFor(); // paper is white
    await page.setViewportSize({ width: 718, height: 1000 }); // A4 between its margins
    await look(page, 'papier');
    await page.goto(server.url);
    await page.getByRole('region', { name: 'Ziele' }).waitFor();
    assert.ok(await page.getByRole('region', { name: 'Ziele' }).evaluate((node) => node.scrollWidth <= node.clientWidth), 'nothing of the overview is cut off');
    assert.equal(await page.getByRole('navigation', { name: 'Bereiche' }).isVisible(), false);
    assert.ok((await page.pdf({ format: 'A4' })).length > 20_000);
  }));
});
