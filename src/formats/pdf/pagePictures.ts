/** The pictures on a page of a PDF, for who reads a page that has no text. */
import { OPS, type PDFPageProxy } from 'unpdf/pdfjs';
import * as z from 'zod';
import { failed, ok, type Result } from '../../core/common/result';
import type { ImageInput } from '../../core/ports';
import { encodePng, type Pixels, shrunk, turned } from '../pictures/pixels';

/** Models look at no more of a picture than this, in pixels a side. */
const LONGEST_SIDE = 2_400;
/** Marks, lines and dots are no pictures. */
const SHORTEST_SIDE = 50;
const MOST_PICTURES = 6;
/** As of A3 at 600 dots an inch. */
const MOST_PIXELS = 72_000_000;

/** In the order in which they are drawn, upright as the page is shown. */
export async function picturesOf(page: PDFPageProxy): Promise<Result<readonly ImageInput[]>> {
  completeArrayBuffer();
  const operators = await page.getOperatorList();
  const names = new Set<string>();
  operators.fnArray.forEach((operator, i) => {
    const [name] = argumentsAt(operators.argsArray, i);
    if (operator === OPS.paintImageXObject && typeof name === 'string') names.add(name);
  });
  const pictures: ImageInput[] = [];
  let packed = 0;
  for (const name of names) {
    if (pictures.length === MOST_PICTURES) break;
    const pixels = pixelsOf(await objectNamed(page, name));
    if (pixels === undefined) packed++;
    else if (Math.min(pixels.width, pixels.height) >= SHORTEST_SIDE) {
      const upright = turned(shrunk(pixels, LONGEST_SIDE), (((page.rotate / 90) % 4) + 4) % 4);
      pictures.push({ mediaType: 'image/png', bytes: encodePng(upright) });
    }
  }
  return pictures.length === 0 && packed > 0 ? failed('unsupported', PACKED) : ok(pictures);
}

/** pdf.js calls it to hand over fonts, and Node before version 21 does not have it (ECMAScript 2024). */
function completeArrayBuffer(): void {
  if ('transferToFixedLength' in ArrayBuffer.prototype) return;
  Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
    value(this: ArrayBuffer, length: number) {
      return this.slice(0, length);
    },
  });
}

const PACKED =
  'Its picture is packed as fax machines and some scanners do it (CCITT, JBIG2, JPEG 2000), which is not read here: ' +
  'pdftoppm -png makes pictures of the pages that can be looked at, and ocrmypdf adds their text.';

function argumentsAt(list: readonly unknown[], index: number): readonly unknown[] {
  const found = list[index];
  return Array.isArray(found) ? found : [];
}

/** Undefined or null where pdf.js could not unpack it. */
const objectNamed = (page: PDFPageProxy, name: string): Promise<unknown> =>
  new Promise((resolve) => {
    (name.startsWith('g_') ? page.commonObjs : page.objs).get(name, resolve);
  });

const Image = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  data: z.union([z.instanceof(Uint8Array), z.instanceof(Uint8ClampedArray)]),
});

function pixelsOf(object: unknown): Pixels | undefined {
  const image = Image.safeParse(object);
  if (!image.success || image.data.width * image.data.height > MOST_PIXELS) return undefined;
  const { width, height, data: values } = image.data;
  const data = new Uint8Array(values.buffer, values.byteOffset, values.length);
  const channels = data.length / (width * height);
  if (channels === 3 || channels === 4) return { width, height, channels, data };
  return data.length === Math.ceil(width / 8) * height ? unpackBits(width, height, data) : undefined;
}

/** One bit a pixel, where 1 is white. */
function unpackBits(width: number, height: number, bits: Uint8Array): Pixels {
  const data = new Uint8Array(width * height);
  const row = Math.ceil(width / 8);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data[y * width + x] = ((bits[y * row + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1 ? 255 : 0;
  return { width, height, channels: 1, data };
}
