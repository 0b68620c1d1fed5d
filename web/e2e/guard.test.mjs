import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessible, logIn, picture, site } from './kit.mjs';

// Nobody answers there: the page has to say so.
const { server, withPage } = site(
  '[public]\nenabled = true\n[oidc]\nissuer = "http://127.0.0.1:1"\nclient_id = "zielwerk"\nlabel = "Anmeldung Beispielland"\ngroup = [{ name = "zw", role = "gremium", scope = "NW" }]',
);

describe('two languages', () => {
  it('are switched by one button, and the choice is kept', withPage(null, async (page) => {
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    await page.getByRole('button', { name: 'English' }).press('Enter');
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await page.reload();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await accessible(page, 'anmelden-englisch');
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'de');
  }));
});

describe('log-in elsewhere', () => {
  it('is offered, and says when the other house does not answer', withPage(null, async (page) => {
    await page.getByRole('link', { name: 'Anmeldung Beispielland' }).press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Der Anmeldedienst ist gerade nicht erreichbar.' }).waitFor();
    await accessible(page, 'anmelden-anmeldedienst');
  }));
});

describe('access keys', () => {
  it('are made, used by a program and ended, by keyboard alone', withPage(null, async (page) => {
    await logIn(page, 'controlling.lippe');
    await page.getByRole('link', { name: 'Zugänge' }).press('Enter');
    await page.getByText('Noch kein Zugangsschlüssel.').waitFor();
    await page.getByLabel('Wofür?').fill('Monatslieferung <svg onload=alert(1)>');
    await page.getByLabel('Gilt wie viele Tage?').fill('7');
    await page.keyboard.press('Enter');
    const shown = page.getByRole('status').filter({ hasText: 'jetzt aufbewahren' });
    const secret = await shown.locator('code').first().innerText();
    const works = async () => (await fetch(`${server.url}/api/v1/agreements/33148-2021`, { headers: { Authorization: `Bearer ${secret}` } })).status;
    assert.equal(await works(), 200);
    await page.getByRole('row', { name: /Monatslieferung <svg/ }).waitFor();
    await accessible(page, 'zugaenge');
    await page.reload();
    await page.getByRole('button', { name: 'Zugangsschlüssel „Monatslieferung <svg onload=alert(1)>“ beenden' }).press('Enter');
    await page.getByRole('row', { name: /beendet/ }).waitFor();
    assert.ok(!(await page.content()).includes(secret), 'shown once');
    assert.equal(await works(), 401);
  }));
});

describe('public view', () => {
  it('shows final figures without a log-in', withPage(null, async (page) => {
    await page.getByRole('link', { name: 'Veröffentlichte Kennzahlen ohne Anmeldung' }).press('Enter');
    await page.getByRole('combobox', { name: /^Kennzahl/ }).selectOption('K2');
    const last = await page.getByLabel('Berichtsmonat').inputValue();
    await page.goto(`${server.url}/oeffentlich?kennzahl=K2&month=2020-12`);
    const row = page.getByRole('row', { name: /Lippe/ });
    await row.filter({ hasText: /\d,\d %/ }).waitFor();
    assert.match(last, /^\d{4}-\d{2}$/);
    await accessible(page, 'oeffentlich');
    await picture(page, 'oeffentlich');
  }));
});
