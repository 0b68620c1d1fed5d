// A chart as a file: the drawing on the page, with its title, its sentence and its legend, colours written out. Nothing leaves the browser.
const looks = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-weight'] as const;
const namespace = 'http://www.w3.org/2000/svg';
const line = 20;

function words(svg: SVGSVGElement, text: string, y: number, size: number, weight: string, colour: string) {
  const node = document.createElementNS(namespace, 'text');
  const attributes: Record<string, string> = { x: '8', y: String(y), 'font-size': String(size), 'font-weight': weight, fill: colour };
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.textContent = text;
  svg.append(node);
}

// Broken into lines that fit; about seven pixels a letter.
function lines(text: string, width: number): string[] {
  const all: string[] = [''];
  for (const word of text.split(' ')) {
    const last = all[all.length - 1]!;
    if (last && (last.length + word.length + 1) * 7 > width - 16) all.push(word);
    else all[all.length - 1] = last ? `${last} ${word}` : word;
  }
  return all;
}

function standalone(drawing: SVGSVGElement, title: string, notes: string[]): { svg: string; width: number; height: number } {
  const width = drawing.viewBox.baseVal.width;
  const drawn = drawing.viewBox.baseVal.height;
  const above = lines(title, width);
  const below = notes.flatMap((one) => lines(one, width));
  const height = drawn + (above.length + below.length) * line + 24;
  const page = getComputedStyle(document.body);
  const svg = document.createElementNS(namespace, 'svg');
  for (const [name, value] of Object.entries({ xmlns: namespace, width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': 'Fira Sans, Arial, sans-serif' })) svg.setAttribute(name, String(value));
  const ground = document.createElementNS(namespace, 'rect');
  for (const [name, value] of Object.entries({ width, height, fill: page.backgroundColor === 'rgba(0, 0, 0, 0)' ? '#ffffff' : page.backgroundColor })) ground.setAttribute(name, String(value));
  svg.append(ground);
  above.forEach((text, index) => words(svg, text, line * (index + 1), 16, '600', page.color));
  const group = document.createElementNS(namespace, 'g');
  group.setAttribute('transform', `translate(0 ${above.length * line + 8})`);
  for (const child of drawing.children) {
    const copy = child.cloneNode(true) as SVGElement;
    const style = getComputedStyle(child);
    for (const look of looks) copy.setAttribute(look, style.getPropertyValue(look));
    copy.removeAttribute('class');
    group.append(copy);
  }
  svg.append(group);
  below.forEach((text, index) => words(svg, text, above.length * line + drawn + 16 + line * (index + 1) - 4, 13, '400', page.color));
  return { svg: new XMLSerializer().serializeToString(svg), width, height };
}

function save(data: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(data);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export async function savePicture(drawing: SVGSVGElement, title: string, notes: string[], format: 'svg' | 'png') {
  const { svg, width, height } = standalone(drawing, title, notes);
  const name = `${title.replace(/[^\p{L}\p{N}]+/gu, '_').slice(0, 60)}.${format}`;
  if (format === 'svg') return save(new Blob([svg], { type: 'image/svg+xml' }), name);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  const sharp = 2;
  canvas.width = width * sharp;
  canvas.height = height * sharp;
  const context = canvas.getContext('2d');
  context?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && save(blob, name), 'image/png');
}
