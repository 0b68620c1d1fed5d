// How figures, months and states read, in the language of the page. Intl takes decimal texts as they are, so no digit is lost on the way.
import { de, locale, t } from './i18n.svelte';

const numbers = new Map<string, Intl.NumberFormat>();

function numberFormat(places: number, sign: boolean) {
  const key = `${locale()}${places}${sign}`;
  let format = numbers.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale(), { minimumFractionDigits: places, maximumFractionDigits: places, signDisplay: sign ? 'exceptZero' : 'negative' });
    numbers.set(key, format);
  }
  return format;
}

const units: Record<string, string> = { PERCENT: ' %', PERCENTAGE_POINT: ' PP', EUR: ' €', Prozentpunkte: ' PP' };

export function number(plain: string | null | undefined, sign = false, most = 6): string {
  if (plain === null || plain === undefined) return '';
  const places = Math.min(plain.split('.')[1]?.length ?? 0, most);
  return numberFormat(places, sign).format(plain as unknown as number);
}
export const count = (whole: number) => number(String(whole));

export const unit = (code: string | null | undefined) => (code ? (units[code] ?? '') : '');

export const figure = (plain: string | null | undefined, code: string | null | undefined, sign = false, most = 6) =>
  plain === null || plain === undefined ? '' : number(plain, sign, most) + unit(code);
export const missing = () => t('fehlt');

// What distances are counted in.
const counted: Record<string, string> = { Integrationen: de('Integrationen'), Personen: de('Personen'), Euro: de('Euro') };

export function distance(plain: string | null, code: string | null): string {
  if (plain === null) return '';
  return code === 'Prozentpunkte' ? `${number(plain, true)} PP` : `${number(plain, true)} ${code ? t(counted[code] ?? code) : ''}`.trim();
}

const bounds: Record<string, string> = { '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ', '=': '= ' };
export const bound = (comparator: string | null) => (comparator ? (bounds[comparator] ?? '') : '');

// Twelve words each, made once: a formatter costs more than a row of a table.
const monthWords = new Map<string, string[]>();

function monthsIn(form: 'long' | 'short') {
  const key = locale() + form;
  let all = monthWords.get(key);
  if (!all) {
    const format = new Intl.DateTimeFormat(locale(), { month: form, timeZone: 'UTC' });
    all = Array.from({ length: 12 }, (_, index) => format.format(new Date(Date.UTC(2020, index, 15))));
    monthWords.set(key, all);
  }
  return all;
}
const monthWord = (index: number, form: 'long' | 'short') => monthsIn(form)[index] ?? '';
export const monthNames = () => monthsIn('long');
export const month = (text: string) => `${monthWord(Number(text.slice(5, 7)) - 1, 'long')} ${text.slice(0, 4)}`;
export const shortMonth = (text: string) => monthWord(Number(text.slice(5, 7)) - 1, 'short').replace('.', '').slice(0, 3);
export const day = (text: string) => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${text}T12:00:00Z`));

// Ladestand = Berichtsmonat + Wartezeit.
export function shifted(text: string, months: number): string {
  const index = Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export interface StateWords {
  sign: string;
  word: string;
  tone: 'success' | 'danger' | 'warning' | 'info';
}
const states: Record<string, StateWords> = {
  erreicht: { sign: '✓', word: de('erreicht'), tone: 'success' },
  nicht_erreicht: { sign: '✗', word: de('nicht erreicht'), tone: 'danger' },
  teilweise: { sign: '◐', word: de('teilweise erreicht'), tone: 'warning' },
  nicht_bewertbar: { sign: '?', word: de('nicht bewertbar'), tone: 'warning' },
  offen: { sign: '○', word: de('offen'), tone: 'info' },
  beobachtet: { sign: '·', word: de('beobachtet'), tone: 'info' },
  prognose: { sign: '·', word: de('Prognose'), tone: 'info' },
};
export function stateWords(code: string): StateWords {
  const words = states[code];
  return words ? { ...words, word: t(words.word) } : { sign: '·', word: code, tone: 'info' };
}

// Why there is no verdict, in words; the place stays as the evaluation names it.
const reasons: Record<string, string> = {
  fact_missing: de('Es fehlt eine Zahl'),
  data_state_missing: de('Dieser Ladestand ist nicht aufbewahrt'),
  denominator_zero: de('Der Nenner ist null'),
  measure_unknown: de('Diese Messgröße ist nicht erklärt'),
  not_due: de('Noch nicht fällig, erst'),
  year_not_over: de('Erst am Jahresende zu beurteilen'),
  awaiting_parties: de('Das entscheiden die Parteien gemeinsam'),
};
export function reason(text: string): string {
  const [code = '', ...rest] = text.split(': ');
  const words = reasons[code] ? t(reasons[code]) : code;
  return [words, ...rest].join(': ');
}

export const moment = (utc: string) => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Berlin' }).format(new Date(utc));
export const sorted = (words: string[]) => [...words].sort((a, b) => a.localeCompare(b, locale()));
