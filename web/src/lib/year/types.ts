// The steering year as the server gives it: kinds of acts (forms are made from them), and an agreement's file as this person sees it.
import type { Row, Text } from '../api';

export interface Field {
  feld: string;
  name: string;
  form: string;
  noetig: boolean;
  schluessel: boolean;
  verweist: string;
  gegenstaende: string;
  auswahl: { code: string; name: string }[];
}

export interface Kind {
  art: string;
  name: string;
  eroeffnet: string;
  zu: string;
  raum: 'gemeinsam' | 'eigen' | 'beide';
  zustimmung: 'keine' | 'zweite_person' | 'jede_seite';
  ersetzt: boolean;
  felder: Field[];
}

export interface Side {
  seite: string;
  wort: string;
}

export interface Consent {
  gilt: boolean;
  personen: (Side & { wer: string })[];
  fehlt: Side[];
  selbst: boolean;
  darf: boolean;
}

export interface Act {
  nr: number;
  raum: 'gemeinsam' | 'eigen';
  zu: string;
  art: string;
  name: string;
  seite: string;
  seite_wort: string;
  wer: string;
  wann: string;
  neueste: boolean;
  felder: Record<string, string>;
  anlagen: Record<string, string>;
  zustimmung: Consent | null;
}

export interface Reference {
  id: string;
  worte: string;
}

export interface Item {
  nr: number;
  worte: string;
  stand: string;
  datum: string;
  bericht: string;
  nachweis: string;
  wer: string;
}

export interface Quality {
  id: string;
  titel: string;
  schritte: Item[];
  kriterien: Item[];
  ergebnis: string;
  widerspricht: boolean;
}

export interface Site {
  programm: string;
  name: string;
  ort: string;
  verantwortlich: string;
  monate: { monat: string; plaetze: Text; quelle: string; belegt: Text }[];
}

export interface BudgetTitle {
  code: string;
  name: string;
  vereinbart: Text;
  zugeteilt: Text;
  umgeschichtet: Text;
  verfuegbar: Text;
  abweichung: Text;
  monate: { monat: string; ausgegeben: Text; gebunden: Text; im_monat: Text; ausschoepfung: Text; ausschoepfung_vorjahr: Text }[];
}

// The newest month that somebody reported.
export const lastMonth = (title: BudgetTitle) => title.monate.findLast((one) => one.ausgegeben !== null);

export interface Budget {
  titel: BudgetTitle[];
  summe: { worte: string; teile: string; passt: boolean } | null;
  sachverhalte: { klausel: string; text: string }[];
}

export interface Round {
  zu: string;
  geteilt: boolean;
  gruende: Record<string, string>;
  werte: { ziel: string; wert: string; einheit: string; vergleich: string; veraenderung: boolean }[];
  einigung: boolean;
  vereinbart: boolean;
}

export interface Signed {
  partei: string;
  name: string;
  person: string;
  funktion: string;
  ort: string;
  datum: string;
  in_vertretung: boolean;
  auf_papier: boolean;
  gilt: boolean;
}

export interface Dialogue {
  id: string;
  stand: string;
  stand_wort: string;
  art: string;
  tag: string;
  beginn: string;
  ende: string;
  ort: string;
  anlass: string;
  teilnehmer: string;
  grund: string;
  datenbasis: { monat: string; ladestand: string; fassung: number; regel: string } | null;
  tagesordnung: { worte: string; zu: string; vorgang: number | null }[];
}

export interface Measure {
  id: string;
  titel: string;
  verantwortlich: string;
  beginn: string;
  faellig: string;
  ziel: string;
  wirkung: string;
  dialog: string;
  stand: string;
  stand_wort: string;
  bericht: string;
  besprochen: string[];
  ueberfaellig: boolean;
}

export interface Duty {
  aufgabe: string;
  aufgabe_wort: string;
  zu: string;
  worte: string;
  seit: Text;
  bis: Text;
  ueberfaellig: boolean;
  vorgang_art: Text;
}

interface Head {
  id: string;
  vereinbart: boolean;
  art: string;
  stand: { code: string; wort: string };
  titel: string;
  jahr: number | null;
  name: Text;
}

export interface Due extends Head {
  faellig: Duty[];
}

export interface SteeringFile extends Head {
  seite: Side | null;
  seiten: Side[];
  darf: boolean;
  moeglich: string[];
  bezuege: Record<string, Reference[]>;
  vorgaenge: Act[];
  runden: Round[];
  unterschriften: Signed[];
  fehlende_anlagen: string[];
  qualitativ: Quality[];
  plaetze: Site[];
  haushalt: Budget;
  abwaegungen: { ziel: string; satz: string; gilt: boolean }[];
  abrechnung: { konto: Account; geaendert: string[] } | null;
  fehlt_zur_abrechnung: string[];
  dialoge: Dialogue[];
  dialogplan: { worte: string; fehlt: number; geplant: number; vorbei: number; anlaesse: string[] };
  massnahmen: Measure[];
  kommentare: { zu: string; ziel: string; monat: string; seit: string; gekippt: boolean; fakten: string; gegeben: boolean }[];
  faellig: Duty[];
}

// What a settlement froze.
export interface Account {
  fassung: number;
  berichtsmonat: string;
  ladestand: string;
  ziele: { id: string; urteil?: string; abwaegung?: { ergebnis: string }; zeile: Row }[];
  qualitativ: { id: string; titel: string; ergebnis: string }[];
}

// What stands beside the values of an offer.
export interface References {
  monat: Text;
  ladestand: Text;
  vergleichstyp: Text;
  ziele: { ziel: string; kennzahl: string; einheit: string; worte: string; vorjahr: Text; niveau: Text; trend: Text; unteres_quartil: Text; median: Text; oberes_quartil: Text; vergleich: number; land: Text; gruende: string[] }[];
  bedeutet: { integrationen: Text; bei_gleichem_bestand: Text; elb_wachstum: Text; elb: Text; elb_bei_gleichen_integrationen: Text } | null;
}

// What somebody wants to do.
export interface Wanted {
  art: string;
  eigen: boolean;
  felder: Record<string, string>;
  ersetzt?: number;
  dateien?: { feld: string; name: string; inhalt: string }[];
}
