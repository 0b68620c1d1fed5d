// Sets papers as PDF/UA-1 with Typst. Called by the program as `node --input-type=module -e THIS FOLDER` with one JSON object on its standard
// input a line: {template}, then {paper, json, hash, svgs} for each. Answers for each paper "ok LENGTH\n" and the PDF, or "no LENGTH\n" and a reason.
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const folder = process.argv[1];
const { NodeCompiler } = createRequire(`${folder}/`)('@myriaddreamin/typst-ts-node-compiler');
const cuts = ['400Regular/FiraSans_400Regular', '600SemiBold/FiraSans_600SemiBold', '400Regular_Italic/FiraSans_400Regular_Italic'];
const fontBlobs = cuts.map((cut) => readFileSync(`${folder}/node_modules/@expo-google-fonts/fira-sans/${cut}.ttf`));

function put(bytes) {
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
}

const [{ template }, ...papers] = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
// A workspace that does not exist: everything a paper is made of comes in memory.
const workspace = '/unterlagen';
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });

function diagnostics(error) {
  try {
    return `${error?.message ?? error} ${JSON.stringify(compiler.fetchDiagnostics(error))}`;
  } catch {
    return String(error?.message ?? error);
  }
}

// PDF/UA wants every character shown. What no typeface here has (an emoji in a comment) becomes a box on the page; the attached value keeps it.
function without(text, complaint) {
  const unknown = [...complaint.matchAll(/the text `\\*"(.+?)\\*"` could not be displayed/g)].map(([, found]) =>
    found.replace(/\\+u\{([0-9a-f]+)\}/g, (_, code) => String.fromCodePoint(parseInt(code, 16))));
  return unknown.reduce((rest, one) => rest.replaceAll(JSON.stringify(one).slice(1, -1), '□'), text);
}

for (const { paper, json, hash, svgs } of papers) {
  let data = JSON.stringify({ paper, hash, svgs });
  compiler.mapShadow(`${workspace}/unterlage.json`, Buffer.from(json));
  for (let last = ''; ; ) {
    try {
      compiler.mapShadow(`${workspace}/paper.json`, Buffer.from(data));
      const pdf = compiler.pdf({ mainFileContent: template, resetRead: true }, { pdfStandard: 'ua-1' });
      put(Buffer.from(`ok ${pdf.length}\n`));
      put(pdf);
      break;
    } catch (error) {
      const complaint = diagnostics(error);
      const mended = without(data, complaint);
      if (mended === data || complaint === last) {
        const answer = Buffer.from(complaint);
        put(Buffer.from(`no ${answer.length}\n`));
        put(answer);
        break;
      }
      [data, last] = [mended, complaint];
    }
  }
  compiler.evictCache(3);
}
