// Every German text of the pages goes through t('…') or de('…'), has an English one, and no English one is left over.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { parse } from 'svelte/compiler';
import { runnerImport } from 'vite';

const root = import.meta.dirname;
const { module } = await runnerImport(join(root, 'src/lib/english/index.ts'), { configFile: false, logLevel: 'silent' });
const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((one) => one.isFile() && /\.(svelte|ts)$/.test(one.name) && !one.parentPath.endsWith('english'))
  .map((one) => join(one.parentPath, one.name));

// Pages that do not comply yet; to be empty.
const exempt = new Set([]);

// Names, file formats and signs that read alike in both languages.
const same = /^(Zielwerk|English|Deutsch|CSV|XLSX|PNG|SVG|JSON|DOCX|PDF|PP|EUR|OpenAPI|API|t)$/;
const foreign = (text) => (text.match(/\p{L}+/gu) ?? []).every((word) => same.test(word));
const spoken = new Set(['title', 'aria-label', 'aria-valuetext', 'aria-description', 'aria-roledescription', 'alt', 'placeholder', 'label', 'heading', 'words', 'summary']);
const quoted = String.raw`'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|\u0060((?:[^\u0060\\$]|\\.)*)\u0060`;
const given = new RegExp(String.raw`\b(?:t|de)\(\s*(?:${quoted})`, 'g');
const text = (match) => (match[1] ?? match[2] ?? match[3]).replace(/\\(.)/g, '$1');

const uncommented = (source) => source.replace(/^\s*\/\/.*$/gm, '');

function keys(source) {
  return [...uncommented(source).matchAll(given)].map(text);
}

// Texts of a component's markup that do not go through t(): of elements, of attributes that are read out, of expressions.
function bare(node, found = [], place = { german: false, call: false, attribute: '' }) {
  if (!node || typeof node !== 'object') return found;
  if (Array.isArray(node)) {
    for (const one of node) bare(one, found, place);
    return found;
  }
  if (node.type === 'Comment' || place.german || place.call) return found;
  const heard = place.attribute === '' || spoken.has(place.attribute);
  if (node.type === 'Text' && heard && !foreign(node.data)) found.push(node.data.trim());
  if (node.type === 'Literal' && typeof node.value === 'string' && (place.attribute === '' ? /[äöüÄÖÜß]|\p{L} \p{L}|^\p{Lu}\p{Ll}+$/u.test(node.value) : spoken.has(place.attribute)) && !foreign(node.value)) found.push(node.value);
  if (node.type === 'TemplateElement' && heard && !foreign(node.value?.cooked ?? '')) found.push(node.value.cooked);
  const inside = { ...place };
  if (node.type === 'CallExpression' && ['t', 'de'].includes(node.callee.name)) inside.call = true;
  if (node.type === 'Attribute') inside.attribute = node.name;
  // What is said to be German is what the server says; code has no language.
  if (node.name === 'code' || node.attributes?.some((one) => one.name === 'lang' && one.value?.[0]?.data === 'de')) inside.german = true;
  for (const [name, value] of Object.entries(node)) {
    if (['start', 'end', 'loc', 'name', 'css', 'instance', 'module', 'options'].includes(name)) continue;
    if (node.type === 'BinaryExpression' || (node.type === 'MemberExpression' && name === 'property') || (node.type === 'Property' && name === 'key')) continue;
    if (node.type === 'CallExpression' && name === 'arguments' && !inside.call) continue;  // words for the program
    if (inside.german && name === 'attributes') continue;
    bare(value, found, inside);
  }
  return found;
}

// Umlauts in scripts: German that is not marked.
function unmarked(source) {
  const left = uncommented(source).replace(given, '');
  return [...left.matchAll(new RegExp(quoted, 'g'))].map(text).filter((one) => /[äöüÄÖÜß]|…/.test(one));
}

test('the check finds what it is for', () => {
  const wrong = (markup) => bare(parse(markup, { modern: true }).fragment);
  assert.deepEqual(wrong('<p>Guten Tag</p>'), ['Guten Tag']);
  assert.deepEqual(wrong('<p class="kern a" title="Titel">{t("Guten Tag")} · {x ? "Ja" : t("Nein")}</p>'), ['Titel', 'Ja']);
  assert.deepEqual(wrong('<Scroll label="Einträge" /><p lang="de">Guten Tag</p><code>a b</code> Zielwerk {f("a", {b: "c"})}'), ['Einträge']);
  assert.deepEqual(wrong('<p aria-label="Monat {x}" class="a {y ? `b c` : \'\'}">{`Monat ${x}`}</p>'), ['Monat', 'Monat ']);
  assert.deepEqual(keys(`t('a') de("b") t(\`c\`) post('d')`), ['a', 'b', 'c']);
  assert.deepEqual(unmarked(`const a = ['März', de('Mai'), t('Übersicht'), 'a']`), ['März']);
});

// What the server's table of acts calls its kinds, fields and choices: pages say them in the reader's language.
function labels(source) {
  const patterns = [/\.label = "([^"]+)"/g, /\b(?:line|words|choice)\("[^"]+", "([^"]+)"/g, /\bof\(\w+, "[^"]+", "([^"]+)"/g, /\bid\(Refers::\w+, "[^"]+", "([^"]+)"/g, /\bsubject\("\w+", "[^"]+", "([^"]+)"/g, /\{"\w+", "([^"]+)"[,}]/g];
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map((one) => one[1]));
}

test('every text has an English one', () => {
  const used = new Set();
  const wrong = [];
  const acts = labels(readFileSync(join(root, '../src/steering/catalogue.cpp'), 'utf8'));
  assert.ok(acts.length > 120, `only ${acts.length} words of acts found`);
  for (const one of acts) {
    used.add(one);
    if (!(one in module.english)) wrong.push(`catalogue.cpp: no English for „${one}“`);
  }
  for (const file of files) {
    const name = relative(root, file);
    const source = readFileSync(file, 'utf8');
    for (const key of keys(source)) {
      used.add(key);
      if (!(key in module.english)) wrong.push(`${name}: no English for „${key}“`);
    }
    if (exempt.has(file.split('/').at(-1))) continue;
    const script = file.endsWith('.ts') ? source : [...source.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map((one) => one[1]).join('\n');
    if (file.endsWith('.svelte')) for (const one of bare(parse(source, { modern: true }).fragment)) wrong.push(`${name}: „${one}“ is not in t('…')`);
    for (const one of unmarked(script)) wrong.push(`${name}: „${one}“ is not in t('…') or de('…')`);
  }
  if (exempt.size === 0) for (const key of Object.keys(module.english)) if (!used.has(key)) wrong.push(`English for „${key}“, which no page says`);
  assert.deepEqual(wrong, []);
});
