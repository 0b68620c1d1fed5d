// Sets papers as PDF/UA-1 with Typst. Called by the program as `node --input-type=module -e THIS FOLDER` with one JSON object on its standard
// input: {template, papers: [{paper, json, hash, svgs}]}. Answers for each paper "ok LENGTH\n" and the PDF, or "no LENGTH\n" and a reason.
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const folder = process.argv[1];
const { NodeCompiler } = createRequire(`${folder}/`)('@myriaddreamin/typst-ts-node-compiler');
const cuts = ['400Regular/FiraSans_400Regular', '600SemiBold/FiraSans_600SemiBold', '400Regular_Italic/FiraSans_400Regular_Italic'];
const fontBlobs = cuts.map((cut) => readFileSync(`${folder}/node_modules/@expo-google-fonts/fira-sans/${cut}.ttf`));

function put(bytes) {
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
}

const { template, papers } = JSON.parse(readFileSync(0, 'utf8'));
// A workspace that does not exist: everything a paper is made of comes in memory.
const workspace = '/unterlagen';
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });
for (const { paper, json, hash, svgs } of papers) {
  let word = 'ok';
  let answer;
  try {
    compiler.mapShadow(`${workspace}/paper.json`, Buffer.from(JSON.stringify({ paper, json, hash, svgs })));
    answer = compiler.pdf({ mainFileContent: template, resetRead: true }, { pdfStandard: 'ua-1' });
  } catch (error) {
    word = 'no';
    let details = '';
    try {
      details = JSON.stringify(compiler.fetchDiagnostics(error));
    } catch {
      // the error itself is all there is
    }
    answer = Buffer.from(`${error?.message ?? error} ${details}`);
  }
  put(Buffer.from(`${word} ${answer.length}\n`));
  put(answer);
  compiler.evictCache(3);
}
