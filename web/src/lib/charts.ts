// What the pages show as charts, said in the grammar of chart.ts.
import type { AgreementDetails, EarlyFigures, Figure, Point, Row } from './api';
import type { Chart, Series } from './chart';
import { day, month, number, shortMonth } from './format';
import { t } from './i18n.svelte';

const orMissing = (value: string | null) => (value === null ? t('fehlt') : number(value, false, 1));
const monthIndex = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
const any = (values: (string | null)[]) => values.some((value) => value !== null);
const monthsOf = (points: { monat: string; wartezeit: number }[]) => points.map((point) => ({ short: shortMonth(point.monat), long: `${month(point.monat)}, t-${point.wartezeit}` }));

function knownWords(values: (string | null)[], provisional: boolean[]): string {
  const known = values.filter((value) => value !== null).length;
  return t('{0} von {1} Monaten sind bekannt, {2} davon vorläufig (gestrichelt).', known, values.length, provisional.filter(Boolean).length);
}

// What the level is measured in is known by the target's own unit only where it is a level.
export function bullet(row: Row): Chart | null {
  if (row.niveau === null) return null;
  const series: Series[] = [{ name: t('Ist'), style: 'actual', values: [row.niveau] }];
  if (row.niveau_soll !== null) series.push({ name: t('Soll'), style: 'wanted', values: [row.niveau_soll] });
  if (row.soll_pfad !== null) series.push({ name: t('unterjähriges Soll'), style: 'second', values: [row.soll_pfad] });
  if (row.niveau_vorjahr !== null) series.push({ name: t('Vorjahr'), style: 'before', values: [row.niveau_vorjahr] });
  return {
    kind: 'bullet',
    title: t('{0}: Stand im Jahr', row.id),
    summary: t('Ist {0}, Soll {1}, Vorjahr {2}.', orMissing(row.niveau), orMissing(row.niveau_soll), orMissing(row.niveau_vorjahr)) + (row.soll_pfad === null ? '' : ` ${t('Unterjähriges Soll {0}.', orMissing(row.soll_pfad))}`),
    unit: null,
    of: t('Ladestand'),
    categories: [{ short: shortMonth(row.ladestand), long: t('Ladestand {0}', month(row.ladestand)) }],
    series,
  };
}

export function yearCourse(id: string, points: Point[]): Chart | null {
  const values = points.map((point) => point.niveau);
  if (points.length < 2 || !any(values)) return null;
  const provisional = points.map((point) => point.vorlaeufig);
  const series: Series[] = [{ name: t('Ist'), style: 'actual', values, provisional }];
  const others: [string, Series['style'], (string | null)[]][] = [
    [t('Soll'), 'wanted', points.map((point) => point.niveau_soll)],
    [t('unterjähriges Soll'), 'second', points.map((point) => point.soll_pfad)],
    [t('Vorjahr'), 'before', points.map((point) => point.niveau_vorjahr)],
  ];
  for (const [name, style, one] of others) if (any(one)) series.push({ name, style, values: one });
  return { kind: 'course', title: t('{0}: Verlauf im Jahr (Jahresfortschritt)', id), summary: knownWords(values, provisional), unit: null, of: t('Monat'), categories: monthsOf(points), series };
}

// On the target's own scale.
export function scaleCourse(row: Row, points: Point[]): Chart | null {
  const values = points.map((point) => point.ist);
  if (points.length < 2) return null;
  const provisional = points.map((point) => point.vorlaeufig);
  return {
    kind: 'course',
    title: t('Verlauf im Jahr, auf der Skala des Ziels'),
    summary: knownWords(values, provisional),
    unit: row.einheit,
    of: t('Monat'),
    categories: monthsOf(points),
    series: [
      { name: t('Ist'), style: 'actual', values, provisional },
      { name: row.status === 'prognose' ? t('Prognose') : t('Soll'), style: 'wanted', values: points.map(() => row.soll) },
    ],
  };
}

export function twelveMonths(id: string, figure: Figure): Chart | null {
  const values = figure.monate.map((one) => one.wert);
  if (!any(values)) return null;
  const provisional = figure.monate.map((one) => one.vorlaeufig);
  const series: Series[] = [{ name: t('Monatswert'), style: 'actual', values, provisional }];
  const before = figure.monate.map((one) => one.vorjahr);
  if (any(before)) series.push({ name: t('ein Jahr davor'), style: 'before', values: before });
  return { kind: 'course', title: t('{0}: zwölf Monate, {1}', id, figure.name), summary: knownWords(values, provisional), unit: figure.einheit, of: t('Monat'), categories: monthsOf(figure.monate), series };
}

export function womenAndMen(id: string, figure: Figure): Chart | null {
  const women = figure.monate.map((one) => one.frauen);
  const men = figure.monate.map((one) => one.maenner);
  if (!any(women) && !any(men)) return null;
  const provisional = figure.monate.map((one) => one.vorlaeufig);
  return {
    kind: 'course',
    title: t('{0}: Frauen und Männer, zwölf Monate', id),
    summary: t('Im Jahr bis jetzt: Frauen {0}, Männer {1}.', orMissing(figure.im_jahr.frauen), orMissing(figure.im_jahr.maenner)),
    unit: figure.einheit,
    of: t('Monat'),
    categories: monthsOf(figure.monate),
    series: [
      { name: t('Frauen'), style: 'actual', values: women, provisional },
      { name: t('Männer'), style: 'second', values: men, provisional },
    ],
  };
}

// Places of a programme at each site, from the month a statement names until the next one.
export function places(programme: AgreementDetails['programme'][number]): Chart | null {
  const dated = programme.plaetze.filter((one) => one.ab !== null);
  const days = [...new Set(dated.map((one) => one.ab!))].sort();
  if (days.length < 2) return null;
  const sites = [...new Set(dated.map((one) => one.ort))];
  const styles: Series['style'][] = ['actual', 'second', 'wanted', 'before'];
  return {
    kind: 'steps',
    title: t('{0}: Plätze über die Zeit', programme.name),
    summary: t('{0} datierte Angaben; jede gilt, bis eine spätere sie ablöst.', dated.length),
    unit: null,
    of: t('ab'),
    categories: days.map((one) => ({ short: `${shortMonth(one)} ${one.slice(2, 4)}`, long: month(one), at: monthIndex(one) })),
    series: sites.map((site, index) => ({ name: site || t('Plätze'), style: styles[index % styles.length]!, values: days.map((one) => dated.find((place) => place.ort === site && place.ab === one)?.anzahl ?? null) })),
  };
}

const isDay = (text: string | null): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? '');

// What the agreement dates, in order: a day that nobody wrote down is not made up.
export function dates(agreement: AgreementDetails): Chart | null {
  const all: [string | null, string][] = [
    [agreement.von, t('Laufzeit beginnt')],
    [agreement.bis, t('Laufzeit endet')],
    ...agreement.unterschriften.map((one): [string | null, string] => [one.tag, t('Unterschrift')]),
    ...agreement.zwischenwerte.map((one): [string | null, string] => [one.datum, t('Zwischenwert {0}: {1}', one.ziel, number(one.wert))]),
    ...agreement.programme.map((one): [string | null, string] => [one.bis, t('Programm endet: {0}', one.name.length > 40 ? `${one.name.slice(0, 39)}…` : one.name)]),
  ];
  const known = all.filter((one): one is [string, string] => isDay(one[0])).sort((a, b) => a[0].localeCompare(b[0]));
  const together = known.filter(([when, what], index) => index === known.findIndex((one) => one[0] === when && one[1] === what));
  if (together.length < 2) return null;
  return {
    kind: 'timeline',
    title: t('Zeitstrahl der Vereinbarung'),
    summary: t('{0} Tage, die in der Vereinbarung stehen.', together.length),
    unit: null,
    of: t('Tag'),
    categories: together.map(([when, what]) => ({ short: `${day(when)} ${what}`, long: day(when), at: Date.parse(when) / 86_400_000 })),
    series: [{ name: t('Was'), style: 'actual', values: together.map((one) => one[1]) }],
  };
}

export function early(series: EarlyFigures['reihen'][number]): Chart {
  const own = series.punkte.map((one) => one.eigen?.wert ?? null);
  const official = series.punkte.map((one) => one.amtlich?.wert ?? null);
  return {
    kind: 'course',
    title: t('{0}: eigene und amtliche Zahlen', series.titel),
    summary: t('{0} Monate mit eigener, {1} mit amtlicher Zahl. Eigene Zahlen sind keine amtlichen; kein Urteil beruht auf ihnen.', own.filter((one) => one !== null).length, official.filter((one) => one !== null).length),
    unit: null,
    of: t('Monat'),
    categories: series.punkte.map((one) => ({ short: shortMonth(one.monat), long: month(one.monat) })),
    series: [
      { name: t('amtlich'), style: 'actual', values: official },
      { name: t('eigene Berechnung'), style: 'own', values: own },
    ],
  };
}

export function outlook(bars: EarlyFigures['ausblick']): Chart {
  return {
    kind: 'bars',
    title: t('Ausblick: wer Langzeitleistungsbeziehender wird, wenn alle bleiben'),
    summary: t('{0} Monate voraus, aus dem eigenen Bestand. „fehlt“ heißt zurückgehalten, weil einzelne Personen erkennbar wären.', bars.length),
    unit: null,
    of: t('Monat'),
    categories: bars.map((one) => ({ short: month(one.monat), long: month(one.monat) })),
    series: [{ name: t('Personen'), style: 'actual', values: bars.map((one) => one.personen) }],
  };
}
