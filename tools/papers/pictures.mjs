// Makes pictures (PNG) of charts (SVG). Called by the program as `node --input-type=module -e THIS FOLDER`; its standard input is one JSON
// object a line: nothing of interest, then {svg} for each chart. Answers for each "ok LENGTH\n" and the picture, or "no LENGTH\n" and a reason.
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const folder = process.argv[1];
const { Resvg } = createRequire(`${folder}/`)('@resvg/resvg-js');
const fontFiles = ['400Regular/FiraSans_400Regular', '600SemiBold/FiraSans_600SemiBold'].map((cut) => `${folder}/node_modules/@expo-google-fonts/fira-sans/${cut}.ttf`);

function answer(word, bytes) {
  const all = Buffer.concat([Buffer.from(`${word} ${bytes.length}\n`), bytes]);
  for (let at = 0; at < all.length; ) at += writeSync(1, all, at);
}

const [, ...charts] = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
for (const { svg } of charts) {
  try {
    answer('ok', new Resvg(svg, { background: '#fff', fitTo: { mode: 'zoom', value: 2.5 }, font: { fontFiles, loadSystemFonts: false, defaultFontFamily: 'Fira Sans' } }).render().asPng());
  } catch (error) {
    answer('no', Buffer.from(String(error?.message ?? error)));
  }
}
