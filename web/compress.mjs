// Packs the pages' files once, as hard as it goes.
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const out = process.env.WEB_OUT ?? 'dist';
let total = 0;
for (const name of ['index.html', 'app.js', 'app.css', 'icon.svg']) {
  const bytes = readFileSync(`${out}/${name}`);
  const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  writeFileSync(`${out}/${name}.br`, packed);
  writeFileSync(`${out}/${name}.gz`, gzipSync(bytes, { level: 9 }));
  total += packed.length;
}
for (const weight of [400, 600]) total += readFileSync(`${out}/fira-sans-${weight}.woff2`).length;
console.log(`pages: ${Math.round(total / 1000)} kB packed`);
if (total > 250_000) throw new Error('the first page is to weigh at most 250 kB');
