// One grammar for all charts: what is shown, as data; where it goes, as marks; how it reads, as sentences and a table. A chart is never
// more than its table: whoever cannot see it loses nothing.
import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { figure, missing } from './format';
import { t } from './i18n.svelte';

export interface Series {
  name: string;
  style: 'actual' | 'wanted' | 'before' | 'second' | 'own';
  values: (string | null)[];
  provisional?: boolean[]; // drawn dashed, said in words
  unit?: string | null; // if it is not the chart's
}

export interface Category {
  short: string;
  long: string;
  at?: number; // where it stands on an axis of time: months for steps, days for a time line
}

export interface Chart {
  kind: 'course' | 'bullet' | 'bars' | 'steps' | 'scatter' | 'timeline';
  title: string;
  summary: string;
  unit: string | null;
  of: string; // what a category is: Monat, Jobcenter …
  categories: Category[];
  series: Series[]; // of a scatter: across, then up; of a time line: words
  small?: boolean; // one of many
}

export type Mark =
  | { as: 'path'; d: string; style: string }
  | { as: 'rule'; x1: number; y1: number; x2: number; y2: number; style: string }
  | { as: 'bar'; x: number; y: number; width: number; height: number; style: string }
  | { as: 'dot'; x: number; y: number; style: string }
  | { as: 'text'; x: number; y: number; text: string; anchor: 'start' | 'middle' | 'end'; style: string };

export interface Drawing {
  height: number;
  marks: Mark[];
  positions: { x: number; y?: number }[]; // of the categories, for the cursor
}

export function cell(chart: Chart, series: Series, index: number): string {
  const value = series.values[index];
  if (value === null || value === undefined) return missing();
  return chart.kind === 'timeline' ? value : figure(value, series.unit === undefined ? chart.unit : series.unit, false, 1);
}

export const provisional = (chart: Chart, index: number) => chart.series.some((one) => one.provisional?.[index]);

// What stands at one category: "März 2021: Ist 2,1 % (vorläufig), Soll 1,9 %".
export function reading(chart: Chart, index: number): string {
  const parts = chart.series.map((one) => `${chart.kind === 'timeline' ? '' : `${one.name} `}${cell(chart, one, index)}${one.provisional?.[index] ? ` (${t('vorläufig')})` : ''}`);
  return `${chart.categories[index]?.long}: ${parts.join(', ')}`;
}

const known = (series: Series[]) => series.flatMap((one) => one.values.filter((value) => value !== null).map(Number));

function extent(series: Series[]): [number, number] {
  const all = known(series);
  if (all.length === 0) return [0, 1];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}

const left = 64;
const heightOf = (chart: Chart, width: number) => (chart.small ? 120 : Math.max(180, Math.min(260, width * 0.45)));

function upright(chart: Chart, width: number, series: Series[] = chart.series) {
  const height = heightOf(chart, width);
  const y = scaleLinear(extent(series), [height - 28, 10]).nice(4);
  const unit = series[0]?.unit === undefined ? chart.unit : series[0].unit;
  const marks: Mark[] = y.ticks(chart.small ? 2 : 4).flatMap((tick): Mark[] => [
    { as: 'rule', x1: left, y1: y(tick), x2: width, y2: y(tick), style: 'grid' },
    { as: 'text', x: left - 6, y: y(tick) + 4, text: figure(String(tick), unit), anchor: 'end', style: 'axis' },
  ]);
  return { height, y, marks };
}

function course(chart: Chart, width: number): Drawing {
  const { height, y, marks } = upright(chart, width);
  const x = scalePoint<number>(
    chart.categories.map((_, index) => index),
    [left + 12, width - 14],
  );
  const at = (index: number) => x(index) ?? left;
  const every = Math.ceil((chart.categories.length * 34) / (width - left));
  chart.categories.forEach((one, index) => {
    if (index % every === 0) marks.push({ as: 'text', x: at(index), y: height - 8, text: one.short, anchor: 'middle', style: 'axis' });
  });
  const path = line<[number, number]>();
  for (const series of chart.series) {
    series.values.forEach((value, index) => {
      if (value === null) return;
      const before = series.values[index - 1];
      const dashed = series.provisional?.[index] ? ' provisional' : '';
      if (before !== null && before !== undefined) {
        const d = path([
          [at(index - 1), y(Number(before))],
          [at(index), y(Number(value))],
        ]);
        if (d) marks.push({ as: 'path', d, style: series.style + dashed });
      }
      if (series.style === 'actual' || ((series.style === 'second' || series.style === 'own') && !chart.small)) marks.push({ as: 'dot', x: at(index), y: y(Number(value)), style: series.style + dashed });
    });
  }
  return { height, marks, positions: chart.categories.map((_, index) => ({ x: at(index) })) };
}

// What holds from a month until the next one named.
function steps(chart: Chart, width: number): Drawing {
  const { height, y, marks } = upright(chart, width);
  const times = chart.categories.map((one) => one.at ?? 0);
  const x = scaleLinear([Math.min(...times), Math.max(...times) + 1], [left + 12, width - 14]);
  chart.categories.forEach((one, index) => marks.push({ as: 'text', x: x(times[index]!), y: height - 8, text: one.short, anchor: 'middle', style: 'axis' }));
  for (const series of chart.series) {
    let before: number | null = null;
    series.values.forEach((value, index) => {
      if (value === null) return;
      const here = x(times[index]!);
      const level = y(Number(value));
      const next = series.values.findIndex((later, position) => position > index && later !== null);
      if (before !== null) marks.push({ as: 'rule', x1: here, y1: before, x2: here, y2: level, style: series.style });
      marks.push({ as: 'rule', x1: here, y1: level, x2: next < 0 ? width - 14 : x(times[next]!), y2: level, style: series.style });
      marks.push({ as: 'dot', x: here, y: level, style: series.style });
      before = level;
    });
  }
  return { height, marks, positions: times.map((time) => ({ x: x(time) })) };
}

// One bar for what is, one stroke for what is wanted, one for the way there, one for the year before.
function bullet(chart: Chart, width: number): Drawing {
  const values = known(chart.series);
  const x = scaleLinear([Math.min(0, ...values), Math.max(0, ...values) * 1.05 || 1], [4, width - 4]);
  const marks: Mark[] = [{ as: 'bar', x: 4, y: 8, width: width - 8, height: 30, style: 'ground' }];
  for (const series of chart.series) {
    const value = series.values[0];
    if (value === null || value === undefined) continue;
    const end = x(Number(value));
    const [top, bottom] = series.style === 'wanted' ? [6, 40] : [12, 34];
    if (series.style === 'actual') marks.push({ as: 'bar', x: Math.min(x(0), end), y: 16, width: Math.abs(end - x(0)), height: 14, style: 'actual' });
    else marks.push({ as: 'rule', x1: end, y1: top, x2: end, y2: bottom, style: series.style });
  }
  return { height: 46, marks, positions: [{ x: width / 2 }] };
}

// One bar a category, the name above it: long names need no room beside.
function bars(chart: Chart, width: number): Drawing {
  const step = 44;
  const values = (chart.series[0]?.values ?? []).map((value) => Number(value ?? 0));
  const x = scaleLinear([Math.min(0, ...values), Math.max(0, ...values) || 1], [4, width - 4]);
  const marks: Mark[] = values.flatMap((value, index): Mark[] => [
    { as: 'text', x: 12, y: index * step + 16, text: `${chart.categories[index]?.short}: ${cell(chart, chart.series[0]!, index)}`, anchor: 'start', style: 'axis' },
    { as: 'bar', x: Math.min(x(0), x(value)), y: index * step + 22, width: Math.abs(x(value) - x(0)), height: 12, style: 'actual' },
  ]);
  marks.push({ as: 'rule', x1: x(0), y1: 0, x2: x(0), y2: values.length * step, style: 'wanted' });
  return { height: Math.max(step, values.length * step), marks, positions: values.map((_, index) => ({ x: 4, y: index * step + 28 })) };
}

function scatter(chart: Chart, width: number): Drawing {
  const [across, up] = chart.series as [Series, Series];
  const { height, y, marks } = upright(chart, width, [up]);
  const x = scaleLinear(extent([across]), [left + 12, width - 14]).nice(4);
  for (const tick of x.ticks(Math.max(2, Math.floor(width / 140)))) {
    marks.push({ as: 'rule', x1: x(tick), y1: 10, x2: x(tick), y2: height - 28, style: 'grid' });
    marks.push({ as: 'text', x: x(tick), y: height - 8, text: figure(String(tick), across.unit), anchor: 'middle', style: 'axis' });
  }
  const positions = chart.categories.map((_, index) => ({ x: x(Number(across.values[index] ?? 0)), y: y(Number(up.values[index] ?? 0)) }));
  for (const at of positions) marks.push({ as: 'dot', ...at, style: 'actual' });
  return { height, marks, positions };
}

// Days in their order; each label has a line of its own, so none lies on another.
function timeline(chart: Chart, width: number): Drawing {
  const step = 22;
  const height = chart.categories.length * step + 30;
  const times = chart.categories.map((one) => one.at ?? 0);
  const x = scaleLinear([Math.min(...times), Math.max(...times) || 1], [10, width - 10]);
  const marks: Mark[] = [{ as: 'rule', x1: 4, y1: height - 14, x2: width - 4, y2: height - 14, style: 'wanted' }];
  chart.categories.forEach((one, index) => {
    const here = x(times[index]!);
    const top = index * step + 16;
    const late = here > width / 2;
    marks.push({ as: 'rule', x1: here, y1: top + 4, x2: here, y2: height - 14, style: 'grid' });
    marks.push({ as: 'dot', x: here, y: height - 14, style: 'actual' });
    marks.push({ as: 'text', x: here, y: top, text: one.short, anchor: late ? 'end' : 'start', style: 'axis' });
  });
  return { height, marks, positions: times.map((time) => ({ x: x(time) })) };
}

const kinds = { course, bullet, bars, steps, scatter, timeline };
export const draw = (chart: Chart, width: number): Drawing => kinds[chart.kind](chart, width);
