// How figures, months and states read. Intl takes decimal texts as they are, so no digit is lost on the way.
const numbers = new Map<string, Intl.NumberFormat>();

function numberFormat(places: number, sign: boolean) {
  const key = `${places}${sign}`;
  let format = numbers.get(key);
  if (!format) {
    format = new Intl.NumberFormat('de-DE', { minimumFractionDigits: places, maximumFractionDigits: places, signDisplay: sign ? 'exceptZero' : 'negative' });
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

export const unit = (code: string | null | undefined) => (code ? (units[code] ?? '') : '');

export const figure = (plain: string | null | undefined, code: string | null | undefined, sign = false, most = 6) =>
  plain === null || plain === undefined ? '' : number(plain, sign, most) + unit(code);

export function distance(plain: string | null, code: string | null): string {
  if (plain === null) return '';
  return code === 'Prozentpunkte' ? `${number(plain, true)} PP` : `${number(plain, true)} ${code ?? ''}`.trim();
}

const bounds: Record<string, string> = { '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ', '=': '= ' };
export const bound = (comparator: string | null) => (comparator ? (bounds[comparator] ?? '') : '');

const names = ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'];
export const monthNames = names;
export const month = (text: string) => `${names[Number(text.slice(5)) - 1]} ${text.slice(0, 4)}`;
export const shortMonth = (text: string) => (names[Number(text.slice(5)) - 1] ?? '').slice(0, 3);

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
  erreicht: { sign: '✓', word: 'erreicht', tone: 'success' },
  nicht_erreicht: { sign: '✗', word: 'nicht erreicht', tone: 'danger' },
  nicht_bewertbar: { sign: '?', word: 'nicht bewertbar', tone: 'warning' },
  offen: { sign: '○', word: 'offen', tone: 'info' },
  beobachtet: { sign: '·', word: 'beobachtet', tone: 'info' },
  prognose: { sign: '·', word: 'Prognose', tone: 'info' },
};
export const stateWords = (code: string): StateWords => states[code] ?? { sign: '·', word: code, tone: 'info' };

// Why there is no verdict, in words; the place stays as the evaluation names it.
const reasons: Record<string, string> = {
  fact_missing: 'Es fehlt eine Zahl',
  data_state_missing: 'Dieser Ladestand ist nicht aufbewahrt',
  denominator_zero: 'Der Nenner ist null',
  measure_unknown: 'Diese Messgröße ist nicht erklärt',
  not_due: 'Noch nicht fällig, erst',
  year_not_over: 'Erst am Jahresende zu beurteilen',
  awaiting_parties: 'Das entscheiden die Parteien gemeinsam',
};
export function reason(text: string): string {
  const [code = '', ...rest] = text.split(': ');
  const words = reasons[code] ?? code;
  return rest.length ? `${words}: ${rest.join(': ')}` : words;
}

export const moment = (utc: string) =>
  new Intl.DateTimeFormat('de-DE', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Berlin' }).format(new Date(utc));
