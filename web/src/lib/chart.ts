// One grammar for all charts: what is shown, as data; where it goes, as marks; how it reads, as sentences and a table. A chart is never
// more than its table: whoever cannot see it loses nothing.
import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { figure } from './format';

export interface Series {
  name: string;
  style: 'actual' | 'wanted' | 'before';
  values: (string | null)[];
  provisional?: boolean[]; // drawn dashed, said in words
}

export interface Chart {
  kind: 'course' | 'bullet' | 'bars';
  title: string;
  summary: string;
  unit: string | null;
  categories: { short: string; long: string }[];
  series: Series[];
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
  positions: number[]; // of the categories, for the cursor
}

const shown = (value: string | null | undefined, unit: string | null) => (value === null || value === undefined ? 'fehlt' : figure(value, unit, false, 1));

// What stands at one category: "März 2021: Ist 2,1 % (vorläufig), Soll 1,9 %".
export function reading(chart: Chart, index: number): string {
  const parts = chart.series.map((one) => `${one.name} ${shown(one.values[index], chart.unit)}${one.provisional?.[index] ? ' (vorläufig)' : ''}`);
  return `${chart.categories[index]?.long}: ${parts.join(', ')}`;
}

export const cell = (chart: Chart, series: Series, index: number) => shown(series.values[index], chart.unit);

function extent(chart: Chart): [number, number] {
  const all = chart.series.flatMap((one) => one.values.filter((value) => value !== null).map(Number));
  if (all.length === 0) return [0, 1];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}

function course(chart: Chart, width: number): Drawing {
  const height = Math.max(180, Math.min(280, width * 0.45));
  const left = 64;
  const x = scalePoint<number>(
    chart.categories.map((_, index) => index),
    [left + 12, width - 12],
  );
  const y = scaleLinear(extent(chart), [height - 28, 10]).nice(4);
  const at = (index: number) => x(index) ?? left;
  const marks: Mark[] = [];
  for (const tick of y.ticks(4)) {
    marks.push({ as: 'rule', x1: left, y1: y(tick), x2: width, y2: y(tick), style: 'grid' });
    marks.push({ as: 'text', x: left - 6, y: y(tick) + 4, text: figure(String(tick), chart.unit), anchor: 'end', style: 'axis' });
  }
  const every = width < 480 ? 3 : 1;
  chart.categories.forEach((one, index) => {
    if (index % every === 0) marks.push({ as: 'text', x: at(index), y: height - 8, text: one.short, anchor: 'middle', style: 'axis' });
  });
  const path = line<[number, number]>();
  for (const series of chart.series) {
    for (let index = 0; index < series.values.length; ++index) {
      const value = series.values[index];
      if (value === null || value === undefined) continue;
      const before = series.values[index - 1];
      const dashed = series.provisional?.[index] ? ' provisional' : '';
      if (index > 0 && before !== null && before !== undefined) {
        const d = path([
          [at(index - 1), y(Number(before))],
          [at(index), y(Number(value))],
        ]);
        if (d) marks.push({ as: 'path', d, style: series.style + dashed });
      }
      if (series.style === 'actual') marks.push({ as: 'dot', x: at(index), y: y(Number(value)), style: series.style + dashed });
    }
  }
  return { height, marks, positions: chart.categories.map((_, index) => at(index)) };
}

// One bar for what is, one stroke for what is wanted, one for the year before.
function bullet(chart: Chart, width: number): Drawing {
  const height = 46;
  const values = chart.series.flatMap((one) => one.values.filter((value) => value !== null).map(Number));
  const x = scaleLinear([Math.min(0, ...values), Math.max(0, ...values) * 1.05 || 1], [4, width - 4]);
  const marks: Mark[] = [{ as: 'bar', x: 4, y: 8, width: width - 8, height: 30, style: 'ground' }];
  for (const series of chart.series) {
    const value = series.values[0];
    if (value === null || value === undefined) continue;
    const end = x(Number(value));
    if (series.style === 'actual') marks.push({ as: 'bar', x: Math.min(x(0), end), y: 16, width: Math.abs(end - x(0)), height: 14, style: 'actual' });
    else marks.push({ as: 'rule', x1: end, y1: series.style === 'wanted' ? 6 : 12, x2: end, y2: series.style === 'wanted' ? 40 : 34, style: series.style });
  }
  return { height, marks, positions: [width / 2] };
}

// One bar a category, the name above it: long names need no room beside.
function bars(chart: Chart, width: number): Drawing {
  const step = 44;
  const values = (chart.series[0]?.values ?? []).map((value) => Number(value ?? 0));
  const x = scaleLinear([Math.min(0, ...values), Math.max(0, ...values) || 1], [4, width - 4]);
  const marks: Mark[] = [];
  values.forEach((value, index) => {
    const top = index * step;
    marks.push({ as: 'text', x: 12, y: top + 16, text: `${chart.categories[index]?.short}: ${cell(chart, chart.series[0]!, index)}`, anchor: 'start', style: 'axis' });
    marks.push({ as: 'bar', x: Math.min(x(0), x(value)), y: top + 22, width: Math.abs(x(value) - x(0)), height: 12, style: 'actual' });
  });
  marks.push({ as: 'rule', x1: x(0), y1: 0, x2: x(0), y2: values.length * step, style: 'wanted' });
  return { height: Math.max(step, values.length * step), marks, positions: values.map(() => 4) };
}

const kinds = { course, bullet, bars };
export const draw = (chart: Chart, width: number): Drawing => kinds[chart.kind](chart, width);
