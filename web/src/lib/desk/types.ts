// What the agreement desk is told and says (/api/v1/drafts).
import type { ProblemEntry, Text } from '../api';

export interface DraftHead {
  id: string;
  quelle: string;
  titel: string;
  seite: string;
  seite_wort: string;
  eigene_seite: boolean;
  traeger: Text;
  name: Text;
  fassung: number;
  gelesen_von: string;
  gelesen_am: string;
  geaendert_von: string;
  geaendert_am: string;
  stand: 'offen' | 'bestaetigt' | 'verworfen';
  agreement: Text;
}

export interface Piece {
  text: string;
  stelle: boolean;
  wert: boolean;
  offen: boolean;
  worte: string;
  felder: string[];
}

export interface Line {
  zeile: number;
  rand: string;
  stuecke: Piece[];
}

export interface Choice {
  code: string;
  wort: string;
}

export interface Field {
  pfad: string;
  name: string;
  art: 'text' | 'zeilen' | 'zahl' | 'ganzzahl' | 'datum' | 'ja_nein' | 'auswahl';
  wert: Text;
  auswahl: string;
  wort: Text;
  zweifel: Text;
  gelesen: Text;
}

export interface Entry {
  pfad: string;
  titel: string;
  worte: string;
  felder: Field[];
  belege: { zeile: number; zitat: string }[];
  hinweise: string[];
  listen: { titel: string; eintraege: { pfad: string; titel: string }[]; neu: Addition }[]; // within the entry
  ergaenzt: boolean;
}

// What a new entry of a list needs; its fields' paths are those of an entry "[+]".
export interface Addition {
  pfad: string;
  titel: string;
  felder: Field[];
  zeilen: boolean;
}

export interface OpenPoint {
  nr: number;
  code: string;
  meldung: string;
  tun: string;
  zeile: number | null;
  geklaert: { wer: string; wann: string; grund: string } | null;
}

export interface Version {
  fassung: number;
  wer: string;
  wann: string;
  grund: string;
  aenderungen: { feld: string; name: string; vorher: string; nachher: string }[];
}

export interface Draft extends DraftHead {
  darf: { korrigieren: boolean; bestaetigen: boolean };
  zweite_person: boolean;
  selbst_zuletzt: boolean;
  text_sha256: string;
  rules_sha256: string;
  offene_punkte: OpenPoint[];
  hindernisse: ProblemEntry[];
  befunde: { schwere: 'widerspruch' | 'warnung' | 'hinweis'; schwere_wort: string; code: string; stelle: string; meldung: string }[];
  auswahl: Record<string, Choice[]>;
  gruppen: { name: string; titel: string; eintraege: Entry[]; neu: Addition | null }[];
  zeilen: Line[];
  neues_ziel: { messgroesse: Choice[]; skala: Choice[]; bedingung: Choice[]; einheit: Choice[]; bildung: Choice[]; vergleich: Choice[] };
  verlauf: Version[];
  anmerkungen: { nr: number; seite: string; seite_wort: string; geteilt: boolean; wer: string; wann: string; feld: string; text: string }[];
  teilen_mit: Choice[];
  freigaben: { seite: string; seite_wort: string; fassung: number; wann: string }[];
}

export interface Edit {
  grund: string;
  traeger?: string;
  geklaert?: number[];
  entfernen?: string[];
  felder?: { feld: string; wert: Text }[];
  eintraege?: { liste: string; felder: { feld: string; wert: Text }[]; zeile_von?: string; zeile_bis?: string }[];
  ziele?: Record<string, string>[];
}

export interface PaperText {
  agreement: string;
  fassung: number;
  quelle: string;
  zeilen: Line[];
}

export interface Differences {
  vorher: Text;
  nachher: string;
  unterschiede: { teil: string; gegenstand: string; feld: string; aenderung: string; vorher: string; nachher: string }[];
}

// "targets[T1].signed_value" -> "targets[T1]": the entry a field belongs to; "open_points[2]" stays.
export const entryOf = (path: string) => /^[a-z_]+(\[[^\]]*\])?/.exec(path)?.[0] ?? path;
