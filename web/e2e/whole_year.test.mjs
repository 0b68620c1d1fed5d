// The whole year of 003 Heidekreis (two ministries and a Landkreis) and of 004 Mansfeld-Südharz (three parties), on the pages, with every side
// logged in. What is written is invented.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { agreeToAll, openYear, part, put } from './acts.mjs';
import { accessible, picture, site } from './kit.mjs';

const { server, withPage } = site('', {
  accounts: [
    ['mw.eins', 'ministerium', 'NI'],
    ['ms.zwei', 'ministerium', 'NI'],
    ['lk.eins', 'controlling', '22116'],
    ['lk.zwei', 'leitung', '22116'],
    ['aa.eins', 'agentur', '04704'],
    ['aa.zwei', 'agentur', '04704'],
    ['msh.eins', 'kommune', '04704'],
    ['msh.zwei', 'kommune', '04704'],
    ['jc.eins', 'controlling', '04704'],
    ['jc.zwei', 'leitung', '04704'],
  ],
});

// A page for each of them at once.
const team = (names, walk, pages = {}) => async () => {
  const [name, ...others] = names;
  if (!name) return walk(pages);
  return withPage(name, (page) => team(others, walk, { ...pages, [name]: page })())();
};
const open = (page, id, tab) => openYear(page, server.url, id, tab);
const agreeing = async (pages, id, tab, ...names) => {
  for (const name of names) assert.ok((await agreeToAll(pages[name], server.url, id, tab)) > 0, `${name} is asked in ${tab}`);
};
const evidence = { name: 'nachweis_erfunden.txt', mimeType: 'text/plain', buffer: Buffer.from('Nachweis (erfunden)') };
// The tabs of the year, each looked at once in the state it has then.
const look = async (page, id, tab, name) => {
  await open(page, id, tab);
  await accessible(page, name, ['light']);
};
// Minutes written in the shared draft by one, agreed by all others; until the last of them they do not hold.
async function minutes(pages, id, dialogue, text, [writer, ...others]) {
  const part = (who, name) => pages[who].getByRole('region', { name: new RegExp(`^${dialogue}`) }).getByRole('region', { name });
  await open(pages[writer], id, 'Dialoge');
  await put(pages[writer].getByRole('region', { name: new RegExp(`^${dialogue}`) }), 'Protokoll schreiben', { Protokoll: text });
  for (const name of others) {
    await open(pages[name], id, 'Dialoge');
    await part(name, 'Gemeinsamer Entwurf').getByText(text).waitFor();
    await part(name, 'Vereinbartes Protokoll').getByText('Noch nicht vereinbart.').waitFor();
    await agreeing(pages, id, 'Dialoge', name);
  }
  await part(others.at(-1), 'Vereinbartes Protokoll').getByText(text).waitFor();
}
const secret = 'NUR-FUER-UNS';
const blind = async (page) => assert.ok(!(await page.content()).includes(secret), 'the other side reads nothing of the own room');
const goal = (page, id) => page.locator('section.subject', { has: page.locator(`#quality-${id}`) });

// A new offer with other values for some targets, each with its reason.
async function offer(page, title, values, room = 'alle Seiten') {
  await page.locator('summary', { hasText: title }).click();
  const form = page.getByRole('form', { name: 'Angebot' });
  await form.waitFor();
  for (const [target, [value, why]] of Object.entries(values)) {
    const fields = form.getByRole('group', { name: new RegExp(`^${target} `) });
    await fields.getByLabel('Neuer Wert').fill(value);
    await fields.getByLabel('Begründung').fill(why);
  }
  await form.getByLabel(room).check();
  await form.getByRole('button', { name: 'Angebot festhalten' }).click();
  await page.getByText('Das Angebot ist festgehalten.').waitFor();
}

describe('Heidekreis: two ministries and a Landkreis', () => {
  const id = '22116-2020';

  it('negotiates the next agreement: tried alone, offered, answered, agreed by two persons of each side, signed with dates as they are', team(['lk.eins', 'mw.eins', 'ms.zwei', 'lk.zwei'], async (pages) => {
    const { 'lk.eins': landkreis, 'mw.eins': ministry } = pages;
    const next = '22116-2021';
    await open(landkreis, next, 'Verhandlung');
    await offer(landkreis, 'Angebot machen', { T1: ['1,5', `${secret}: höchstens 2 (erfunden)`] }, 'nur die eigene Seite');
    await open(ministry, next, 'Verhandlung');
    await ministry.getByText('Noch kein Angebot.').waitFor();
    await blind(ministry);
    await offer(landkreis, 'Gegenangebot machen', { T1: ['2', 'der Handel stellt kaum ein (erfunden)'] });
    await ministry.reload();
    await ministry.getByRole('link', { name: 'Angebot R1 beantworten: sich darauf einigen oder ein Gegenangebot machen.' }).waitFor();
    await offer(ministry, 'Gegenangebot machen', { T1: ['2,5', 'das Land plant mehr (erfunden)'] });
    await landkreis.reload();
    const rounds = landkreis.getByRole('region', { name: 'Was geboten ist' });
    await rounds.getByText('≥ +2,5 %').waitFor();
    await rounds.getByText('der Handel stellt kaum ein (erfunden)').waitFor();
    await accessible(landkreis, 'verhandlung');
    await picture(landkreis, 'steuerungsjahr_verhandlung', landkreis.locator('h3', { hasText: 'Runden' }));
    await landkreis.locator('summary', { hasText: 'Runden vergleichen' }).click();
    await landkreis.getByLabel('Vorher').selectOption('R1');
    await landkreis.getByLabel('Nachher').selectOption('R2');
    await landkreis.getByRole('region', { name: 'Unterschiede' }).getByRole('cell', { name: '+ 2,5 Prozent' }).waitFor();
    await ministry.reload();
    await blind(ministry);
    await ministry.getByText('Unterschrieben wird, wenn sich alle Seiten auf eine Runde geeinigt haben.').waitFor();
    await put(ministry, 'Auf R2 einigen', {});
    await agreeing(pages, next, 'Verhandlung', 'ms.zwei', 'lk.eins', 'lk.zwei');
    // Dates as a scanner leaves them stay as they are; each signature needs a second person of its own side.
    const signatures = [
      ['mw.eins', 'Wirtschaft', { 'Wer unterschrieb': 'Dr. B. Beispiel (erfunden)', Ort: 'Hannover', 'Datum, wie es dasteht': '27. 2021', 'In Vertretung': 'ja' }, 'ms.zwei'],
      ['ms.zwei', 'Soziales', { 'Wer unterschrieb': 'H. Beispiel (erfunden)', Ort: 'Hannover', 'Datum, wie es dasteht': '27. 2021' }, 'mw.eins'],
      ['lk.eins', 'Landkreis', { 'Wer unterschrieb': 'M. Beispiel (erfunden)', Ort: 'Bad Fallingb.', 'Datum, wie es dasteht': '8. 2021' }, 'lk.zwei'],
    ];
    for (const [who, party, words, second] of signatures) {
      await open(pages[who], next, 'Verhandlung');
      assert.equal(await pages[who].getByRole('link', { name: 'Zum Text der Vereinbarung' }).count(), 0, 'nothing binds before the last signature');
      await put(pages[who].getByRole('region', { name: new RegExp(party) }), 'Unterschrift festhalten', words);
      await agreeing(pages, next, 'Verhandlung', second);
    }
    await open(landkreis, next, 'Verhandlung');
    await landkreis.getByText('Auf diese Runde haben sich alle geeinigt.').waitFor();
    await landkreis.getByText('M. Beispiel (erfunden), Bad Fallingb., 8. 2021').first().waitFor();
    assert.equal(await landkreis.getByText('✓ unterschrieben').count(), 3, 'all three have signed');
    await landkreis.getByRole('link', { name: 'Zum Text der Vereinbarung' }).waitFor();
  }));

  it('runs its year: dialogue, committee, goals with evidence, funds, weighing, settlement by both sides, archive', team(['lk.eins', 'mw.eins', 'ms.zwei', 'lk.zwei'], async (pages) => {
    const { 'lk.eins': landkreis, 'mw.eins': ministry } = pages;
    await open(ministry, id, 'Dialoge');
    await put(ministry, 'Dialog planen', { Tag: '2020-11-17', Beginn: '10:00', Art: 'regelmäßiger Dialog', Ort: 'Hannover (erfunden)' });
    const dialogue = ministry.getByRole('region', { name: /^D1/ });
    await put(dialogue, 'Datenbasis festhalten', { Berichtsmonat: '2020-10' });
    await put(dialogue, 'Maßnahme vereinbaren', { Maßnahme: 'Coaching (erfunden)', Verantwortlich: 'Landkreis Heidekreis', Fällig: '2020-12-01', Ziel: 'T1' });
    const invitation = await ministry.request.get(`${server.url}/api/v1/agreements/${id}/steering/calendar?dialogue=D1`);
    assert.match(await invitation.text(), /BEGIN:VCALENDAR[^]*20201117T100000/);
    await withPage('gremium.heidekreis', async (committee) => {
      await open(committee, id, 'Dialoge');
      await committee.getByText('Sie lesen mit').waitFor();
      assert.equal(await committee.locator('details.do').count(), 0, 'who reads is offered no form');
      await committee.locator('summary', { hasText: 'Unterlagen zu diesem Stand' }).click();
      const paper = await committee.getByRole('link', { name: /PDF/ }).first().getAttribute('href');
      assert.match(paper, /month=2020-10/, 'its papers are of the month that is talked about');
      await accessible(committee, 'gremium', ['light']);
    })();
    await put(dialogue, 'Empfehlung des Ausschusses', { Ausschuss: 'C1', Empfehlung: 'Den Einbruch ab März auswerten (erfunden).' });

    await open(landkreis, id, 'Kommentare');
    await accessible(landkreis, 'kommentare-zwei', ['light']);
    await open(landkreis, id, 'Ziele und Programme');
    for (const [which, criteria] of [['Q1', 2], ['Q2', 3]]) {
      const section = goal(landkreis, which);
      const items = section.locator('ol.items > li');
      assert.equal(await items.count(), criteria + 1, `${which}: a step and ${criteria} criteria, in the words of the agreement`);
      await put(items.nth(0), 'Stand festhalten', { Stand: 'erledigt', Am: '2020-10-31' });
      for (let at = 1; at <= criteria; at += 1) await put(items.nth(at), 'Stand festhalten', { Erfüllt: 'ja', Am: '2020-11-10', Nachweis: evidence });
      await section.getByText('✓ ja').nth(criteria - 1).waitFor();
    }
    await put(goal(landkreis, 'Q2'), 'Sicht der eigenen Seite', { Urteil: 'erreicht', Begründung: 'Alle drei Kriterien sind erfüllt (erfunden).', 'alle Seiten': true });
    await open(ministry, id, 'Ziele und Programme');
    await ministry.getByText('Sicht: Jobcenter').waitFor();
    const file = await ministry.request.get(server.url + (await ministry.getByRole('link', { name: 'Nachweis' }).first().getAttribute('href')));
    assert.equal(await file.text(), 'Nachweis (erfunden)', 'the other side reads the evidence');
    for (const which of ['Q1', 'Q2']) await put(goal(ministry, which), 'Gemeinsam bewerten', { Urteil: 'erreicht', Am: '2020-11-17', Begründung: 'Gemeinsam gelesen (erfunden).' });
    await agreeing(pages, id, 'Ziele und Programme', 'ms.zwei', 'lk.eins', 'lk.zwei');
    await accessible(landkreis, 'ziele', ['light']);
    await picture(landkreis, 'steuerungsjahr_ziele', landkreis.locator('#quality-Q2'));

    await open(landkreis, id, 'Haushalt');
    await landkreis.getByText('Das passt zur Rundung.').waitFor();
    await put(landkreis, 'Zuteilung', { Titel: 'Eingliederung', Betrag: '7.795.364,00', Vom: '2020-01-15', Quelle: 'EinglMV 2020' });
    await put(landkreis, 'Umschichtung', { Von: 'Eingliederung', Nach: 'Verwaltungskosten', Betrag: '400.000', Am: '2020-08-31' });
    await put(landkreis, 'Mittelstand eines Monats', { Titel: 'Eingliederung', Monat: '2020-12', 'Ausgegeben seit Januar': '6.310.000', Gebunden: '7.210.000' });
    await landkreis.getByText('7.395.364,00 €').first().waitFor();
    await landkreis.getByText('85,3 %').first().waitFor();
    await accessible(landkreis, 'haushalt-mit-mitteln', ['light']);
    await picture(landkreis, 'steuerungsjahr_haushalt', landkreis.locator('h2'));
    const deviation = landkreis.locator('.notice', { hasText: 'Leistungen zur Eingliederung in Arbeit: verfügbar' });
    await put(deviation, 'Als Sachverhalt ablegen', { Am: '2020-08-31', 'alle Seiten': true });

    await open(ministry, id, 'Berücksichtigung');
    await ministry.getByText('Abweichung -400.000 €').waitFor();
    await put(ministry, 'T1 abwägen', { 'Abweichungen von den in § 2': true, Begründung: 'Bis März über dem Soll (erfunden).', Urteil: 'als erreicht bewertet' });
    await ministry.getByText('rechnerisch nicht erreicht, unter Berücksichtigung von').first().waitFor();
    await open(ministry, id, 'Abrechnung');
    await ministry.getByRole('region', { name: 'Was dafür noch fehlt' }).getByText('T1').first().waitFor();
    await agreeing(pages, id, 'Berücksichtigung', 'ms.zwei', 'lk.eins', 'lk.zwei');

    // The dialogue of spring 2021: what became of the measure, in minutes that both sides agree to.
    await open(landkreis, id, 'Dialoge');
    await put(landkreis, 'Dialog planen', { Tag: '2021-03-15', Art: 'Dialog zur Abrechnung' });
    const spring = landkreis.getByRole('region', { name: /^D2/ });
    await put(spring, 'Datenbasis festhalten', { Berichtsmonat: '2020-12' });
    assert.equal(await spring.getByRole('region', { name: 'Seit dem letzten Mal' }).count(), 0, 'nothing was reported yet');
    await put(landkreis.getByRole('region', { name: /^M1/ }), 'Stand festhalten', { Stand: 'erledigt', Bericht: 'Zwölf Frauen begleitet (erfunden).', 'Besprochen im Dialog': 'D2' });
    const since = spring.getByRole('region', { name: 'Seit dem letzten Mal' });
    await since.getByText('erledigt').waitFor();
    await since.getByText('Zwölf Frauen begleitet (erfunden).').waitFor();
    await minutes(pages, id, 'D2', 'Das Coaching hat gewirkt (erfunden).', ['mw.eins', 'lk.eins', 'ms.zwei', 'lk.zwei']);
    await open(ministry, id, 'Dialoge');
    await ministry.getByRole('region', { name: /^D2/ }).getByText('abgeschlossen').waitFor();

    await open(ministry, id, 'Abrechnung');
    await put(ministry, 'Abrechnung vorschlagen', { Berichtsmonat: '2020-12', Zusammenfassung: 'Zieldialog im Frühjahr 2021 (erfunden).' });
    await ministry.getByText('Vorgeschlagen; sie gilt').waitFor();
    await agreeing(pages, id, 'Abrechnung', 'ms.zwei', 'lk.eins');
    await landkreis.getByText('Vorgeschlagen; sie gilt').waitFor();
    await agreeing(pages, id, 'Abrechnung', 'lk.zwei');
    await open(landkreis, id, 'Abrechnung');
    await landkreis.getByText('Abgeschlossen.').waitFor();
    await accessible(landkreis, 'abrechnung');
    await part(landkreis, 'Überblick');
    await landkreis.getByText('Abgerechnet: als erreicht bewertet').waitFor();
    await picture(landkreis, 'steuerungsjahr_ueberblick');
    for (const tab of ['Dialoge', 'Kommentare', 'Haushalt', 'Berücksichtigung']) {
      await part(landkreis, tab);
      assert.equal(await landkreis.locator('#part form, #part details.do').count(), 0, `${tab}: what is settled takes nothing more`);
    }
    await open(ministry, id, 'Abrechnung');
    await put(ministry, 'Archivieren', {});
    await agreeing(pages, id, 'Abrechnung', 'ms.zwei');
    await ministry.reload();
    await ministry.getByText('archiviert', { exact: true }).waitFor();
  }));
});

describe('Mansfeld-Südharz 2020: three parties', () => {
  const id = '04704-2020';

  it('runs its year: comments of two inputs for each deviating target, places at each site, report, weighing and settlement by three sides', team(['jc.eins', 'msh.eins', 'aa.eins', 'jc.zwei', 'msh.zwei', 'aa.zwei'], async (pages) => {
    const { 'jc.eins': jobcenter, 'msh.eins': municipality, 'aa.eins': agency } = pages;
    await open(agency, id, 'Dialoge');
    await put(agency, 'Dialog planen', { Tag: '2020-09-15', Art: 'regelmäßiger Dialog' });
    await put(agency.getByRole('region', { name: /^D1/ }), 'Datenbasis festhalten', { Berichtsmonat: '2020-06' });
    await open(jobcenter, id, 'Kommentare');
    const forms = jobcenter.getByRole('form', { name: /^Kommentar zu/ });
    const rows = (await (await jobcenter.request.get(`${server.url}/api/v1/agreements/${id}/evaluation?month=2020-06&asOf=2020-09`)).json()).ziele;
    const missed = rows.filter((one) => one.id.startsWith('T') && one.status === 'nicht_erreicht').map((one) => one.id);
    assert.ok(missed.length > 0, 'some target deviates in June');
    assert.equal(await forms.count(), missed.length, 'asked for where a target deviates, and nowhere else');
    await accessible(jobcenter, 'kommentare-drei', ['light']);
    let inputs = 0;
    for (let left = missed.length; left > 0; left -= 1) {
      const form = forms.first();
      for (const field of await form.locator('textarea, select, input:not([type="radio"])').all()) {
        await field.fill('Erfundene Ursache.');
        inputs += 1;
      }
      await form.getByLabel('alle Seiten').check();
      await form.getByRole('button', { name: 'Festhalten' }).click();
      await jobcenter.waitForFunction((wanted) => document.querySelectorAll('form[aria-label^="Kommentar zu"]').length === wanted, left - 1);
    }
    assert.equal(inputs, 2 * missed.length, 'exactly two inputs for each deviating target');
    const report = await agency.request.get(`${server.url}/api/v1/agreements/${id}/papers/management?format=html&month=2020-06`);
    assert.match(await report.text(), /Erfundene Ursache\./, 'the Managementbericht has the comments');

    await put(agency.getByRole('region', { name: /^D1/ }), 'Maßnahme vereinbaren', { Maßnahme: 'Nachrücker auswählen (erfunden)', Verantwortlich: 'Jobcenter', Fällig: '2020-11-30', 'Vereinbart im Dialog': 'D1' });
    await minutes(pages, id, 'D1', 'Die Plätze werden nachbesetzt (erfunden).', ['aa.eins', 'jc.eins', 'msh.eins', 'aa.zwei', 'jc.zwei', 'msh.zwei']);
    await look(jobcenter, id, 'Dialoge', 'dialoge-drei');
    await jobcenter.getByText('Nachrücker auswählen (erfunden)').first().waitFor();

    // The local planning document: its version and checksum on the page; other bytes under the same name are told.
    const plan = (text) => ({ name: 'planungsdokument_erfunden.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
    const checksum = (file) => createHash('sha256').update(file.buffer).digest('hex');
    const [first, second] = [plan('Lokale Planung (erfunden)'), plan('Lokale Planung, geändert (erfunden)')];
    await open(jobcenter, id, 'Verhandlung');
    await put(jobcenter, 'Anlage ablegen', { Titel: 'Lokales Planungsdokument (erfunden)', Art: 'Lokales Planungsdokument', Fassung: '1.0', Datei: first, 'alle Seiten': true });
    await jobcenter.getByText(checksum(first)).waitFor();
    for (const [version, file, told] of [['1.1', first, 'Dieselbe Datei wie die Fassung davor.'], ['2.0', second, 'Geänderte Datei']]) {
      await put(jobcenter, 'Neue Fassung einer Anlage', { 'Wozu?': 'Planungsdokument', Fassung: version, Datei: file, 'alle Seiten': true });
      await jobcenter.getByText(told).waitFor();
    }
    await open(municipality, id, 'Verhandlung');
    const newest = municipality.getByRole('region', { name: /^A1/ }).getByRole('article').last();
    for (const words of ['2.0', checksum(second), 'Geänderte Datei', 'Diese Fassung gilt.']) await newest.getByText(words).waitFor();
    const bytes = await municipality.request.get(server.url + (await newest.getByRole('link').getAttribute('href')));
    assert.equal(checksum({ buffer: await bytes.body() }), checksum(second), 'the bytes are those of the checksum');
    await accessible(municipality, 'verhandlung-drei', ['light']);

    await open(municipality, id, 'Ziele und Programme');
    const site = (name) => municipality.getByRole('region', { name });
    await put(site(/STABIL SGH$/), 'Belegung melden', { Monat: '2020-05', Belegt: '14', Quelle: 'Träger (erfunden)' });
    await put(site(/Teilhabe am Arbeitsleben/), 'Plätze festhalten', { 'Ab Monat': '2020-04', Plätze: '130', Quelle: 'RAK (erfunden)' });
    await put(site(/Teilhabe am Arbeitsleben/), 'Plätze festhalten', { 'Ab Monat': '2020-07', Plätze: '100' });
    await municipality.getByRole('region', { name: 'Programme' }).getByText('145, ab Apr 130, ab Jul 100').waitFor();
    await municipality.getByRole('region', { name: 'Programme' }).getByText('20, ab Feb 15').waitFor();
    await accessible(municipality, 'programme', ['light']);

    await open(agency, id, 'Berücksichtigung');
    await put(agency, 'Sachverhalt ablegen', { Am: '2020-03-16', Sachverhalt: 'Kein Publikumsverkehr (erfunden).', 'alle Seiten': true });
    for (const [target, verdict] of [['T4', 'als nicht erreicht bewertet'], ['T5', 'nicht bewertet']]) {
      await put(agency, `${target} abwägen`, { 'Die Lage und die Auswirkungen': true, Begründung: 'Gemeinsam gewogen (erfunden).', Urteil: verdict });
    }
    const others = ['aa.zwei', 'jc.eins', 'jc.zwei', 'msh.eins', 'msh.zwei'];
    await agreeing(pages, id, 'Berücksichtigung', ...others);
    await look(agency, id, 'Berücksichtigung', 'beruecksichtigung-drei');
    await look(agency, id, 'Haushalt', 'haushalt-drei');
    await look(agency, id, 'Abrechnung', 'abrechnung-drei');
    await put(agency, 'Abrechnung vorschlagen', { Berichtsmonat: '2020-12' });
    await agreeing(pages, id, 'Abrechnung', ...others.slice(0, 4));
    await pages['msh.eins'].getByText('Vorgeschlagen; sie gilt').waitFor();
    await agreeing(pages, id, 'Abrechnung', 'msh.zwei');
    await open(agency, id, 'Überblick');
    await agency.getByText('Abgerechnet: nicht bewertet').waitFor();
    await accessible(agency, 'ueberblick-drei', ['light']);
  }));
});
