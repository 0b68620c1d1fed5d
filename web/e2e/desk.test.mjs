// The agreement desk: from a paper to an agreement in the overview, by two people; the same by keyboard; two people at once; the paper of a
// target; the rooms of the sides.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { accessible, paper, picture, site } from './kit.mjs';

const { server, withPage } = site();
const another = async (name, walk) => withPage(name, walk)();

// As somebody drags it from a folder: not through the file dialogue.
async function drop(page, file, name) {
  const data = await page.evaluateHandle(
    ([bytes, called]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], called));
      return transfer;
    },
    [readFileSync(file).toString('base64'), name],
  );
  await page.getByRole('group', { name: 'Papier ablegen' }).dispatchEvent('drop', { dataTransfer: data });
}
const saved = (page, version) => page.getByRole('status').filter({ hasText: `Gespeichert als Fassung ${version}.` }).waitFor();
const target = (page) => page.locator('[data-entry="targets[T1]"]');

describe('agreement desk', () => {
  it('a PDF is dropped, corrected, confirmed by a second person, and is in the overview', withPage('controlling.lippe', async (page) => {
    await page.getByRole('link', { name: 'Vereinbarungen' }).click();
    await page.getByRole('heading', { name: 'Ein Papier einlesen' }).waitFor();
    await page.getByText('Es gibt keinen offenen Entwurf.').waitFor();
    await accessible(page, 'vereinbarungen');
    await page.getByLabel('Vereinbarung als PDF').setInputFiles({ name: 'kaputt.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 kaputt') });
    await page.getByRole('alert').filter({ hasText: 'kaputt.pdf' }).waitFor();
    await accessible(page, 'vereinbarungen-kaputt', ['light']);
    await page.getByLabel(/Trägernummer/).fill('33148');
    await drop(page, paper('beispiele/hohenborn_2025.pdf'), 'hohenborn_2025.pdf');
    await page.getByText('Entwurf, bindet niemanden').waitFor();
    const address = page.url();
    assert.ok((await page.locator('.paper .value').count()) > 3, 'values are marked in the text');
    await page.getByRole('heading', { name: 'Offene Punkte (2)' }).waitFor();
    await accessible(page, 'entwurf');
    await picture(page, 'entwurf');

    // from the words to the field, and back
    const words = page.locator('.paper [role="button"][data-path^="targets[T1]"]').first();
    await words.click();
    await target(page).getByRole('button', { name: 'Korrigieren' }).waitFor();
    assert.ok(await target(page).evaluate((node) => node.contains(document.activeElement)), 'a click on the words goes to their field');
    await target(page).getByRole('button', { name: 'Im Papier zeigen' }).click();
    assert.match(await page.evaluate(() => document.activeElement.dataset.path), /^targets\[T1\]/, 'and back to the words');

    await target(page).getByRole('button', { name: 'Korrigieren' }).click();
    await target(page).getByLabel('Wert mit Vorzeichen').fill('1.900');
    await target(page).getByLabel(/Warum/).fill('im Original nachgesehen');
    await target(page).getByRole('button', { name: '1 Korrektur speichern' }).click();
    await page.getByRole('alert').filter({ hasText: 'mehrdeutig' }).waitFor();
    await target(page).getByLabel('Wert mit Vorzeichen').fill('24,3');
    await accessible(page, 'entwurf-korrektur', ['light', 'dark']);
    await target(page).getByRole('button', { name: '1 Korrektur speichern' }).click();
    await saved(page, 2);
    await target(page).locator('dd', { hasText: '24,3' }).waitFor();
    await page.getByLabel('Warum ist nichts zu ändern?').first().fill('steht nicht im Papier');
    await page.getByRole('button', { name: 'Als geklärt kennzeichnen' }).first().click();
    await saved(page, 3);
    await page.getByLabel('Warum ist nichts zu ändern?').first().fill('Unterschrift liegt vor (erfunden)');
    await page.getByRole('button', { name: 'Als geklärt kennzeichnen' }).first().click();
    await saved(page, 4);
    await page.getByText('bestätigen muss eine zweite Person').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Entwurf bestätigen' }).isDisabled(), 'the last editor does not confirm');

    await another('leitung.lippe', async (second) => {
      await second.goto(`${server.url}/vereinbarungen`);
      await second.getByRole('region', { name: 'Entwürfe' }).getByRole('link').first().click();
      await second.getByText('Zweite Person: Die letzte Änderung stammt von').waitFor();
      await second.getByRole('button', { name: 'Entwurf bestätigen' }).click();
      await second.getByText('Aus dem Entwurf ist eine Vereinbarung geworden.').waitFor();
      await accessible(second, 'entwurf-bestaetigt', ['light']);
      await second.getByRole('link', { name: '33148-2025' }).first().click();
      await second.getByRole('heading', { name: 'Der Text' }).waitFor();
      await second.getByRole('link', { name: 'Übersicht' }).click();
      await second.locator('tbody tr a[href*="33148-2025"]').first().waitFor();
    });
    await page.goto(address);
    await page.getByText('✓ bestätigt').first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Korrigieren' }).count(), 0, 'what binds is not corrected any more');
  }));

  it('by keyboard alone: choose, go from the words to the field, correct, add a target, share', withPage('leitung.lippe', async (page) => {
    await page.goto(`${server.url}/vereinbarungen`);
    await page.getByLabel(/Trägernummer/).focus();
    await page.keyboard.type('33148');
    await page.keyboard.press('Tab');
    await page.locator(':focus').setInputFiles(paper('beispiele/erlenau_2024.txt'));
    await page.getByText('Alles im Papier ist verstanden.').waitFor();
    const press = async (element, key = 'Enter') => {
      await element.focus();
      await page.keyboard.press(key);
    };
    await press(page.locator('.paper [data-path^="targets[T1]"][tabindex="0"]').first());
    assert.ok(await target(page).evaluate((node) => node.open && node.contains(document.activeElement)), 'Enter on the words opens their field');
    await press(target(page).getByRole('button', { name: 'Korrigieren' }));
    await target(page).getByLabel('Wert mit Vorzeichen').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('2,7');
    await target(page).getByLabel(/Warum/).focus();
    await page.keyboard.type('Zahlendreher, mit dem Land geklärt');
    await page.keyboard.press('Enter');
    await saved(page, 2);
    await press(page.getByText('Ziel ergänzen, das nicht gelesen wurde'));
    const form = page.getByRole('form', { name: 'Ziel ergänzen' });
    for (const [label, text] of [['Zeile des Papiers, von', '34'], ['Wert mit Vorzeichen', '-1,5'], [/Warum/, 'übersehen (erfunden)']]) {
      await form.getByLabel(label).focus();
      await page.keyboard.type(text);
    }
    await accessible(page, 'entwurf-neues-ziel', ['light']);
    await page.keyboard.press('Enter');
    await saved(page, 3);
    await page.getByText('+ ergänzt').first().waitFor();
    await page.getByLabel('Seite', { exact: true }).focus();
    await page.keyboard.type('Bund');
    await press(page.getByRole('button', { name: 'Fassung 3 teilen' }));
    await page.getByText('sieht Fassung 3').waitFor();

    await another('ministerium', async (other) => {
      await other.goto(page.url());
      await other.locator('.summary', { hasText: 'Fassung 3' }).waitFor();
      assert.equal(await other.getByRole('button', { name: 'Korrigieren' }).count(), 0, 'another side reads only');
      assert.equal(await other.getByText('Zahlendreher').count(), 0, 'and does not see the reasons of the own room');
      await other.getByLabel('Anmerkung', { exact: true }).fill('Bitte <b>T1</b> prüfen');
      await other.getByLabel(/auch für andere Seiten/).check();
      await other.getByRole('button', { name: 'Anmerken' }).last().click();
      await other.getByText('Bitte <b>T1</b> prüfen').waitFor();
      await accessible(other, 'entwurf-geteilt', ['light']);
    });
    await page.reload();
    await page.getByText('Bitte <b>T1</b> prüfen').waitFor();
  }));

  it('two people at once: the second is told, sees both values, nothing is overwritten', withPage('controlling.lippe', async (page) => {
    await page.goto(`${server.url}/vereinbarungen`);
    await page.getByLabel('Vereinbarung als PDF').setInputFiles(paper('texte/lippe_2021.txt'));
    await page.getByText('Entwurf, bindet niemanden').waitFor();
    const correct = async (one, value) => {
      await target(one).getByRole('button', { name: 'Korrigieren' }).click();
      await target(one).getByLabel('Wert mit Vorzeichen').fill(value);
      await target(one).getByLabel(/Warum/).fill(`Grund für ${value}`);
      await target(one).getByRole('button', { name: '1 Korrektur speichern' }).click();
    };
    await page.locator('.paper [data-path^="targets[T1]"]').first().click();
    await another('leitung.lippe', async (second) => {
      await second.goto(page.url());
      await second.locator('.paper [data-path^="targets[T1]"]').first().click();
      await correct(second, '3,1');
      await saved(second, 2);
    });
    await correct(page, '4,2');
    const told = page.getByRole('region', { name: /Inzwischen hat jemand anderes geändert/ });
    await told.getByText('Grund für 3,1').waitFor();
    const row = told.locator('tr', { hasText: 'Wert mit Vorzeichen' });
    assert.match(await row.innerText(), /9,9\s+3,1\s+4,2/, 'both values');
    await accessible(page, 'entwurf-konflikt');
    assert.equal(await target(page).getByLabel('Wert mit Vorzeichen').inputValue(), '4,2', 'what was typed is still there');
    assert.equal(await page.getByText('Fassung 2', { exact: false }).first().isVisible(), true);
    await page.getByText('Mit einer abgelegten Vereinbarung vergleichen').click();
    const differences = page.getByRole('region', { name: 'Unterschiede' });
    await differences.getByLabel('Verglichen mit').selectOption('33148-2021');
    await differences.locator('tbody tr').first().waitFor();
  }));

  it('shows the sentence of a target in its paper, and the accounts', withPage('revision', async (page) => {
    await page.goto(`${server.url}/vereinbarung/33148-2021/ziel/T2?month=2021-06`);
    await page.getByRole('link', { name: 'Im Papier lesen' }).click();
    await page.locator('.paper .here').first().waitFor();
    assert.ok(await page.locator('.paper .here').first().isVisible());
    await accessible(page, 'vereinbarung');
    assert.equal(await page.getByRole('heading', { name: 'Ein Papier einlesen' }).count(), 0);
    await page.getByRole('link', { name: 'Konten' }).click();
    await page.getByRole('rowheader', { name: 'leitung.lippe' }).waitFor();
    await accessible(page, 'konten', ['light']);
  }));
});
