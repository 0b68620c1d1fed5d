// Dialogues with both sides logged in; the walk of the handbook page; own rooms that nobody else reads.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { agree, openYear, part, put } from './acts.mjs';
import { accessible, paper, picture, site } from './kit.mjs';

const { server, withPage } = site('', {
  accounts: [
    ['mw.eins', 'ministerium', 'NI'],
    ['ms.zwei', 'ministerium', 'NI'],
    ['lk.eins', 'controlling', '22116'],
    ['lk.zwei', 'leitung', '22116'],
  ],
});
const as = async (name, walk) => withPage(name, walk)();

const open = (page, id, tab) => openYear(page, server.url, id, tab);
const secret = 'NUR-FUER-UNS';
const blind = async (page) => assert.ok(!(await page.content()).includes(secret), 'the other side reads nothing of the own room');

describe('Heidekreis 2020: two ministries and a Landkreis', () => {
  it('a dialogue is prepared by keyboard, talked over, written down and agreed by two persons of each side', withPage('lk.eins', async (page) => {
    await page.goto(`${server.url}/steuerung/22116-2020`);
    await page.getByRole('heading', { level: 1, name: /Heidekreis/ }).waitFor();
    await part(page, 'Dialoge');
    await accessible(page, 'jahr-leer');
    const press = async (element, key = 'Enter') => {
      await element.focus();
      await page.keyboard.press(key);
    };
    await press(page.locator('summary', { hasText: 'Dialog planen' }));
    const plan = page.getByRole('form', { name: 'Dialog planen' });
    await plan.getByLabel('Tag').fill('2020-06-15');
    await plan.getByLabel('Art').focus();
    await page.keyboard.type('regel');
    await plan.getByLabel('Ort').focus();
    await page.keyboard.type('Bad Fallingbostel (erfunden)');
    await accessible(page, 'jahr-dialog-planen');
    await page.keyboard.press('Enter');
    const dialogue = page.getByRole('region', { name: /^D1/ });
    await dialogue.waitFor();
    assert.ok(await page.evaluate(() => document.activeElement?.tagName === 'SUMMARY'), 'the focus stays where one works');
    await put(dialogue, 'Datenbasis festhalten', { Berichtsmonat: '2020-06' });
    await put(dialogue, 'Punkt der Tagesordnung', { Punkt: 'Stand der Integrationen', Ziel: 'T1' });
    await put(dialogue, 'Eigene Notiz', { Notiz: `${secret}: höchstens 2,5 Prozent` });
    await dialogue.getByText(secret).waitFor();
    await accessible(page, 'jahr-dialog');
    await as('mw.eins', async (other) => {
      await open(other, '22116-2020', 'Dialoge');
      const theirs = other.getByRole('region', { name: /^D1/ });
      await theirs.getByText('Stand der Integrationen').first().waitFor();
      await blind(other);
      await put(theirs, 'Protokoll schreiben', { Protokoll: 'Die Integrationen liegen unter Plan (erfunden).' });
      // Meanwhile the Landkreis works on the same minutes.
      await dialogue.locator('summary', { hasText: 'Protokoll schreiben' }).click();
      const mine = dialogue.getByRole('form', { name: 'Protokoll schreiben' });
      await mine.getByLabel('Protokoll').fill('Die Integrationen steigen, aber zu langsam (erfunden).');
      await mine.getByRole('button', { name: 'Festhalten' }).click();
      const told = mine.getByRole('alert');
      await told.getByText('Ihr Text ist nicht gespeichert').waitFor();
      await told.getByText('liegen unter Plan').waitFor();
      await accessible(page, 'jahr-konflikt');
      await picture(page, 'steuerungsjahr_konflikt', mine);
      assert.equal(await mine.getByLabel('Protokoll').inputValue(), 'Die Integrationen steigen, aber zu langsam (erfunden).', 'what was typed is still there');
      await mine.getByLabel('Protokoll').fill('Die Integrationen steigen, liegen aber unter Plan (erfunden).');
      await mine.getByRole('button', { name: 'Bewusst ersetzen' }).click();
      await dialogue.getByText('gilt noch nicht').waitFor();
      await other.reload();
      await agree(other.getByRole('region', { name: 'Gemeinsamer Entwurf' }));
      await other.getByText('Sie haben zugestimmt').waitFor();
      await blind(other);
    });
    assert.equal(await dialogue.getByRole('button', { name: 'Zustimmen' }).count(), 0, 'the writer is the first person already');
    for (const name of ['ms.zwei', 'lk.zwei']) {
      await as(name, async (other) => {
        await open(other, '22116-2020', 'Dialoge');
        await agree(other.getByRole('region', { name: 'Gemeinsamer Entwurf' }));
        await (name === 'lk.zwei' ? other.getByRole('region', { name: 'Vereinbartes Protokoll' }).getByText('Die Integrationen steigen') : other.getByText('Sie haben zugestimmt')).waitFor();
      });
    }
    await page.reload();
    await page.getByRole('region', { name: 'Vereinbartes Protokoll' }).getByText('liegen aber unter Plan').waitFor();
    await put(dialogue, 'Beschluss', { Beschluss: 'Das Coaching wird ausgeweitet (erfunden).' });
    await put(dialogue, 'Maßnahme vereinbaren', { Maßnahme: 'Coaching ausweiten', Verantwortlich: 'A. Beispiel', Fällig: '2020-10-01', Ziel: 'T1', 'Vereinbart im Dialog': 'D1' });
    const step = page.getByRole('region', { name: /^M1/ });
    await put(step, 'Stand festhalten', { Stand: 'läuft', Bericht: 'Erste Termine (erfunden)' });
    await step.getByText('Erste Termine').first().waitFor();
    await accessible(page, 'jahr-protokoll');
  }));
});

describe('the handbook page „Das Steuerungsjahr auf den Seiten“', () => {
  it('leads a new controller from the log-in to a prepared dialogue, with two fields for each target that deviates', withPage('controlling.lippe', async (page) => {
    await page.getByRole('link', { name: /Fällig \(\d+\)/ }).waitFor();
    await page.getByRole('link', { name: 'Steuerung', exact: true }).click();
    await page.getByRole('heading', { level: 2, name: /^Fällig/ }).waitFor();
    await accessible(page, 'faellig');
    await picture(page, 'steuerung');
    await page.getByRole('rowheader').getByRole('link', { name: 'Lippe' }).click();
    await part(page, 'Dialoge');
    await put(page.locator('main'), 'Dialog planen', { Tag: '2021-07-20', Art: 'regelmäßiger Dialog' });
    const dialogue = page.getByRole('region', { name: /^D1/ });
    await put(dialogue, 'Datenbasis festhalten', { Berichtsmonat: '2021-06' });
    await dialogue.getByText('Juni 2021, Ladestand').waitFor();
    await put(dialogue, 'Punkt der Tagesordnung', { Punkt: 'Langzeitbezug (erfunden)' });
    await part(page, 'Kommentare');
    const forms = page.getByRole('form', { name: /^Kommentar zu/ });
    const owed = await forms.count();
    assert.ok(owed > 0, 'some target deviates in June');
    await accessible(page, 'kommentare');
    let typed = 0;
    for (let left = owed; left > 0; left -= 1) {
      const form = forms.first();
      for (const field of await form.locator('textarea, input:not([type="radio"])').all()) {
        await field.fill('Erfundene Worte.');
        typed += 1;
      }
      await form.getByLabel('alle Seiten').check();
      await form.getByRole('button', { name: 'Festhalten' }).click();
      await page.waitForFunction((wanted) => document.querySelectorAll('form[aria-label^="Kommentar zu"]').length === wanted, left - 1);
    }
    assert.equal(typed, 2 * owed, 'two inputs for each deviating target, none for any other');
    await page.getByText('Kein Kommentar steht aus.').waitFor();
    await part(page, 'Dialoge');
    await put(dialogue, 'Eigene Notiz', { Notiz: `${secret}: bis 1,2 Prozent (erfunden)` });
    await accessible(page, 'dialog-vorbereitet', ['light']);
    await picture(page, 'steuerungsjahr_dialog', dialogue);
    await as('ministerium', async (other) => {
      await open(other, '33148-2021', 'Dialoge');
      await other.getByText('Langzeitbezug (erfunden)').waitFor();
      await part(other, 'Kommentare');
      await other.getByText('Erfundene Worte.').first().waitFor();
      await blind(other);
    });
    const invitation = await page.request.get(`${server.url}/api/v1/agreements/33148-2021/steering/calendar?dialogue=D1`);
    assert.match(await invitation.text(), /BEGIN:VCALENDAR[^]*DTSTART[^]*20210720/);
  }));
});

describe('the Land and its Jobcenter', () => {
  it('what they agreed together stands against what the Land agreed, in both languages', withPage('ministerium', async (page) => {
    // Invented: the Land's own agreement, made of 000's text.
    const land = JSON.parse(readFileSync(paper('lippe_2021.json'), 'utf8'));
    land.document.sha256 = 'cd'.repeat(32);
    land.agreement.kind = 'BMAS_LAND';
    land.agreement.targets = land.agreement.targets.filter((one) => ['T1', 'T2'].includes(one.id));
    const path = join(server.folder, 'land_erfunden.json');
    writeFileSync(path, JSON.stringify(land));
    server.zielwerk(['agreement', 'import', path]);
    await page.goto(`${server.url}/steuerung/NW-2021`);
    await page.getByRole('link', { name: 'Was die Jobcenter zusammen vereinbart haben' }).click();
    const table = page.getByRole('region', { name: 'Kaskade' });
    await table.getByText('+13,8 %').first().waitFor();
    assert.match(await table.getByRole('row', { name: /^T2/ }).innerText(), /Integrationen/, 'the gap in persons');
    await accessible(page, 'kaskade');
    await page.goto(`${server.url}/steuerung/33148-2021?teil=dialoge`);
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('summary', { hasText: 'Plan a dialogue' }).click();
    const form = page.getByRole('form', { name: 'Plan a dialogue' });
    await form.getByLabel('Day').waitFor();
    await form.getByLabel('Kind').selectOption({ label: 'regular dialogue' });
    await page.getByRole('button', { name: 'Deutsch' }).click();
  }));
});
