// The one way to the server: the contract of /api/v1. Numbers are texts in plain decimal notation; nothing is computed here.
import { t } from './i18n.svelte';

export type Text = string | null;

export interface Session {
  konto: string;
  person: string;
  rolle: string;
  rolle_wort: string;
  zustaendigkeit: string;
  seite: Text;
  rechte: string[];
  kennwort_aendern: boolean; // before anything else
  csrf: string;
}

export interface Ways {
  kennwort: boolean;
  anmeldedienst: Text;
  oeffentlich: boolean;
}

export interface Account {
  konto: string;
  person: string;
  rolle: string;
  rolle_wort: string;
  zustaendigkeit: string;
  gesperrt: boolean;
  geaendert: string;
  erstkennwort_bis: Text;
  anmeldedienst: boolean;
  sitzungen: number;
}

export interface Accounts {
  konten: Account[];
  rollen: { code: string; wort: string }[];
}

export interface AccessKey {
  id: string;
  zweck: string;
  angelegt: string;
  gueltig_bis: string;
  beendet: Text;
  gilt: boolean;
}

export interface PublicFigures {
  letzter_monat: Text;
  kennzahlen: { kennzahl: string; name: string; rechtsgrundlage: string }[];
}

export interface PublicFigure {
  kennzahl: string;
  name: string;
  rechtsgrundlage: string;
  berichtsmonat: string;
  ladestand: string;
  werte: { traeger: string; name: string; land: Text; wert: Text; geheim: boolean }[];
}

export interface Row {
  id: string;
  wartezeit: number;
  ladestand: string;
  ladestand_vorjahr: string;
  status: string;
  ist: Text;
  soll: Text;
  einheit: Text;
  vergleich: Text;
  niveau: Text;
  niveau_vorjahr: Text;
  niveau_soll: Text;
  abstand: Text;
  abstand_einheit: Text;
  soll_pfad: Text;
  rundung_entscheidet: boolean;
  grund: Text;
  annahmen: string[];
  hinweise: string[];
}

export interface TargetRow extends Row {
  zielfeld: string;
  wortlaut: string;
  veraenderung: boolean;
  vormonat: Standing | null;
  seit_lieferung: Standing | null;
}

// What was said of the same row before; abstand: how much the distance has changed since.
export interface Standing {
  monat: string;
  ladestand: string;
  status: string;
  abstand: Text;
}

export interface Heading {
  agreement: string;
  fassung: number;
  jahr: number;
  titel: string;
  art: string;
  traeger: Text;
  name: string;
  land: Text;
  form: Text;
}

export interface MonthHead extends Heading {
  berichtsmonat: string;
  wartezeit: number;
  wartezeit_quelle: string;
  ladestand: string;
  ladestand_vorjahr: string;
  endgueltig: boolean;
  anmerkungen: string[];
  ungleiche_ladestaende: boolean;
  vergleichstyp: Text;
}

export interface AgreementMonth extends MonthHead {
  ziele: TargetRow[];
}

type Unshown = 'annahmen' | 'hinweise' | 'soll_pfad' | 'niveau' | 'niveau_vorjahr' | 'niveau_soll';
export interface OverviewRow extends Omit<TargetRow, Unshown> {
  agreement: string;
  jahr: number;
  traeger: Text;
  name: string;
  land: Text;
  form: Text;
  vergleichstyp: Text;
  berichtsmonat: string;
  endgueltig: boolean;
}

export interface Overview {
  zeilen: OverviewRow[];
  gesamt: number;
  seite: number;
  seiten: number;
  zaehlung: Record<string, number>;
  ohne_zahlen: { anzahl: number; vereinbarungen: { agreement: string; name: string; monat: string; ladestand: string }[] };
  auswahl: { laender: string[]; arten: string[]; vergleichstypen: string[]; zielfelder: string[]; status: string[]; jahre: number[] };
  ausserhalb_der_laufzeit: string[];
}

export interface Point {
  monat: string;
  wartezeit: number;
  ladestand: string;
  vorlaeufig: boolean;
  status: string;
  ist: Text;
  niveau: Text;
  niveau_vorjahr: Text;
  niveau_soll: Text;
  soll_pfad: Text;
  grund: Text;
}

export interface AgreementDetails {
  von: string;
  bis: string;
  parteien: { rolle: string; name: string }[];
  qualitative_ziele: { id: string; titel: string; schritte: string[]; belege: string[] }[];
  programme: { id: string; name: string; bis: string; plaetze: { ort: string; anzahl: string; stand: string; ab: Text }[] }[];
  budgets: { titel: string; betrag: string; wortlaut: string }[];
  unterschriften: { partei: string; datum: string; tag: Text }[];
  zwischenwerte: { ziel: string; datum: string; wert: string; einheit: string }[];
  dialoge: { name: Text; anzahl: Text; wartezeit: Text; belege: string[] } | null;
}

export interface Course {
  bewertung: AgreementMonth;
  vereinbarung: AgreementDetails;
  verlauf: Record<string, Point[]>;
  figuren: Record<string, Figure>;
}

// The figure a row is about, over twelve months, and men and women beside each other.
export interface Figure {
  name: string;
  einheit: string;
  monate: { monat: string; wartezeit: number; vorlaeufig: boolean; wert: Text; vorjahr: Text; maenner: Text; frauen: Text; grund: Text }[];
  im_jahr: { wert: Text; maenner: Text; frauen: Text };
}

interface EarlyValue {
  wert: Text;
  anzeige: string;
  ladestand: string;
}
export interface EarlyFigures {
  hinweis: Text;
  reihen: { titel: string; reihe: string; punkte: { monat: string; eigen: EarlyValue | null; amtlich: EarlyValue | null }[] }[];
  ausblick: { monat: string; personen: Text }[];
}

export interface Node {
  op: string;
  text: string;
  wert: string;
  aus?: Node[];
  messgroesse?: string;
  geschlecht?: string;
  gruppe?: string;
  berichtsmonat?: string;
  ladestand?: string;
  lieferung?: { nr: number; quelle?: string; stelle?: string; sha256?: string; korrektur?: boolean };
}

export interface Derivation {
  regelstand: string;
  wortlaut?: string;
  belege?: { zitat: string; zeile: number }[];
  regel?: string;
  formel?: string;
  rechtsgrundlage?: string;
  groessen: Record<string, Node>;
  ergebnis: Row;
}

export interface Target {
  kopf: MonthHead;
  zeile: TargetRow;
  herleitung: Derivation;
  verlauf: Point[];
  revisionen: { monat: string; staende: Point[] }[];
}

export interface Jobcenter {
  traeger: string;
  name: string;
  land: string;
  form_2018: Text;
  form_2022: Text;
  vergleichstypen: { vergleichstyp: string; von: string; bis: Text; quelle: string }[];
  vereinbarungen: Heading[];
}

export interface Figures {
  kennzahlen: { code: string; name: string; einheit: string }[];
  laender: string[];
  vergleichstypen: string[];
  neuester_ladestand: Text;
  erstes_jahr: number | null;
}

export interface Compared {
  traeger: string;
  name: string;
  land: Text;
  rang: number;
  wert: Text;
  gegen?: Text;
  verlauf?: { monat: string; vorlaeufig: boolean; wert: Text }[];
  grund: Text;
}

export interface Comparison {
  kennzahl: string;
  name: string;
  einheit: string;
  gegen: { kennzahl: string; name: string; einheit: string } | null;
  berichtsmonat: string;
  ladestand: string;
  gereiht: number;
  werte: Compared[];
  zusammen: { wert: Text; jobcenter: number };
}

// A letter for t-0 to t-3 of each month: v, t, k, f, n.
export interface Board {
  jahr: number;
  gesamt: number;
  seite: number;
  seiten: number;
  zeilen: { traeger: string; name: string; land: Text; reihen: number; nach_vereinbarung: boolean; monate: string[] }[];
}

export interface Delivery {
  nr: number;
  quelle: string;
  eingang: string;
  korrektur: boolean;
  werte: number;
  von: string;
  bis: string;
  sha256: string;
  bemerkung: string;
}

export interface ProblemEntry {
  code: string;
  meldung: string;
  stelle: string;
}

export interface Counts {
  bekannt: boolean;
  neu: number;
  gleich: number;
  korrigiert: number;
  revidiert: number;
  zurueckgehalten: number;
}

export interface Flip {
  agreement: string;
  traeger: string;
  name: string;
  monat_vorher: string;
  monat: string;
  ziel: string;
  vorher: Row;
  nachher: Row;
  teile: { teil: string; veraenderung: string; anzeige: string }[];
  ganzes: Text;
  ganzes_anzeige: Text;
}

export interface DeliveryEffect {
  lieferung: Delivery;
  neu: number;
  revidiert: number;
  korrigiert: number;
  ohne_zahl: number;
  jobcenter_anzahl: number;
  jobcenter: { traeger: string; name: string }[];
  urteile_anzahl: number;
  urteile: Flip[];
}

export interface DryRun {
  lieferung: Delivery;
  zaehlung: Counts;
  verweigert: ProblemEntry[];
  hinweise: ProblemEntry[];
  urteile_anzahl: number;
  urteile: Flip[];
}

export interface LayoutProfile {
  name: string;
  beschreibung: string;
}
export interface Taken {
  lieferung: Delivery;
  zaehlung: Counts;
  hinweise: ProblemEntry[];
}

export interface AuditPage {
  kopf: string;
  unversehrt: boolean;
  befunde: ProblemEntry[];
  eintraege: { nr: number; zeit: string; wer: string; was: string; woran: string; naeheres: string; pruefsumme: string }[];
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly entries: ProblemEntry[],
    readonly body: Record<string, unknown> = {},
  ) {
    super(message);
  }
  // What the server says is German in either language.
  get lang() {
    return this.code === 'unreachable' || this.code === 'unknown' ? undefined : 'de';
  }
}

async function ask<T>(method: string, path: string, options: { body?: BodyInit; type?: string; csrf?: string; version?: number } = {}): Promise<T> {
  const headers: Record<string, string> = {};
  if (options.type) headers['Content-Type'] = options.type;
  if (options.version) headers['If-Match'] = `"${options.version}"`;
  if (options.csrf) headers['X-CSRF-Token'] = options.csrf;
  let response: Response;
  try {
    response = await fetch(`/api/v1/${path}`, { method, headers, body: options.body });
  } catch {
    throw new Problem(0, 'unreachable', t('Der Server antwortet nicht. Besteht noch eine Verbindung?'), []);
  }
  const body = await response.json().catch(() => null);
  if (response.ok) return body as T;
  throw new Problem(response.status, body?.code ?? 'unknown', body?.detail ?? t('Der Server hat nicht verständlich geantwortet.'), body?.probleme ?? [], body ?? {});
}

// Only what is given becomes part of the address.
export function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value) as [string, string][];
  return given.length ? `?${new URLSearchParams(given)}` : '';
}

export const get = <T>(path: string) => ask<T>('GET', path);
export const remove = <T>(path: string, csrf: string) => ask<T>('DELETE', path, { csrf });
export const post = <T>(path: string, csrf: string, body: BodyInit, type: string) => ask<T>('POST', path, { body, type, csrf });
export const login = (name: string, kennwort: string) => ask<Session>('POST', 'session', { body: JSON.stringify({ name, kennwort }), type: 'application/json' });
export const logout = (csrf: string) => ask<unknown>('DELETE', 'session', { csrf });
// A change of what may have been changed meanwhile names the version it was made on.
export const change = <T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, csrf: string, body?: unknown, version?: number) =>
  ask<T>(method, path, { csrf, version, ...(body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' }) });
