/** What the code of a run made, for pages that show it: by path in the run's folder. */
import { deflateSync, crc32 } from 'node:zlib';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240" font-family="sans-serif" font-size="13">
<script>parent.postMessage('an SVG ran', '*')</script>
<path d="M40 20V200H460" fill="none" stroke="#444"/>
<polyline points="40,160 110,120 180,60 250,44 320,92 390,150 460,168" fill="none" stroke="#1f77b4" stroke-width="3"/>
<text x="250" y="30" text-anchor="middle">Depth over the tide, m</text>
<text x="44" y="218">00:00</text><text x="430" y="218">12:00</text></svg>`;

const TABLE = `time,depth,"may enter, 7.2 m"
${Array.from({ length: 30 }, (_, i) => `${String(i % 24).padStart(2, '0')}:00,${(7.5 + 2 * Math.sin(i / 4)).toFixed(2)},${i % 3 === 0 ? 'yes' : '"no, ""wait"""'}`).join('\n')}
`;

export const MADE: Readonly<Record<string, Buffer | string>> = {
  'files/depth over the tide.svg': SVG,
  'files/depths.csv': TABLE,
  'files/summary.json': '{"greatestDraught":7.0,"unit":"m","quays":[1,2,3]}',
  'files/model.bin': 'x',
  'workspace/c4/plots/heat.png': gradient(96, 64),
  'workspace/c4/broken.png': 'no image',
};

/** A PNG (ISO/IEC 15948) that goes from blue to red. */
function gradient(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows.set([(255 * x) / width, 80 + y, 255 - (255 * x) / width], y * (width * 3 + 1) + 1 + x * 3);
    }
  }
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
