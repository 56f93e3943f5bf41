/** The learning curve as an SVG picture that stands alone: accuracy on what was never judged, by how much was. */
import { bandPath, countTicks, linearScale, linePath, niceTicks } from '../../common/plot';
import type { Summary } from './summary';

const WIDTH = 720;
const HEIGHT = 400;
const BOX = { left: 64, top: 48, width: 520, height: 280 };
/** Readable on white and on dark, told apart also by their dashes (Okabe & Ito 2008). */
const STROKES = [
  { color: '#0072b2', dash: '' },
  { color: '#d55e00', dash: '8 4' },
  { color: '#009e73', dash: '3 3' },
  { color: '#cc79a7', dash: '10 3 3 3' },
] as const;

/** Empty where no arm has a point. */
export function curveSvg({ curves }: Pick<Summary, 'curves'>): string {
  const drawn = curves.filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return '';
  // An arm with no memory is judged as often, so that all arms share the axis.
  const most = Math.max(1, ...drawn.flatMap(({ points }) => points.map(({ judged }) => judged)));
  const x = linearScale([0, most], [BOX.left, BOX.left + BOX.width]);
  const y = linearScale([0, 1], [BOX.top + BOX.height, BOX.top]);
  const lines = drawn.map(({ arm, points }, i) => {
    const { color, dash } = STROKES[i % STROKES.length] ?? STROKES[0];
    const at = (of: (point: (typeof points)[number]) => number) =>
      points.map((point) => ({ x: x(point.judged), y: y(of(point)) }));
    const last = points.at(-1);
    return [
      `<path d="${bandPath(
        at(({ high }) => high),
        at(({ low }) => low),
      )}" fill="${color}" opacity="0.12"/>`,
      `<path d="${linePath(at(({ value }) => value))}" fill="none" stroke="${color}" stroke-width="2.5" stroke-dasharray="${dash}"/>`,
      ...points.map(
        ({ judged, value, low, high }) =>
          `<circle cx="${round(x(judged))}" cy="${round(y(value))}" r="4" fill="${color}"><title>${escaped(arm)}: ${share(value)} (${share(low)} to ${share(high)}) after ${judged} judged answers</title></circle>`,
      ),
      last
        ? `<text x="${BOX.left + BOX.width + 12}" y="${round(labelY(i, y(last.value), drawn, y))}" fill="${color}" dominant-baseline="middle">${escaped(arm)} ${share(last.value)}</text>`
        : '',
    ].join('\n');
  });
  const told = drawn.map(({ arm, points }) => `${arm} ${points.map(({ value }) => share(value)).join(', ')}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-labelledby="title description">
<title id="title">Accuracy on held-out questions, by the number of judged answers</title>
<desc id="description">${escaped(told.join('; '))}. Bands are 95 % intervals.</desc>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
<text x="${BOX.left}" y="26" font-size="15" font-weight="600" fill="#1f1f1f">Right on held-out questions, never judged</text>
${axes(x, y, most)}
${lines.join('\n')}
</svg>
`;
}

type Scale = (value: number) => number;

function axes(x: Scale, y: Scale, most: number): string {
  const bottom = BOX.top + BOX.height;
  const rows = niceTicks(0, 1, 5).map(
    (tick) =>
      `<path d="M${BOX.left} ${round(y(tick))}H${BOX.left + BOX.width}" stroke="#d0d0d0"/><text x="${BOX.left - 8}" y="${round(y(tick))}" text-anchor="end" dominant-baseline="middle" fill="#1f1f1f">${share(tick)}</text>`,
  );
  const columns = countTicks(most, 6)
    .filter((tick) => tick <= most)
    .map(
      (tick) =>
        `<text x="${round(x(tick))}" y="${bottom + 20}" text-anchor="middle" fill="#1f1f1f">${tick}</text>`,
    );
  const label = `<text x="${BOX.left + BOX.width / 2}" y="${bottom + 44}" text-anchor="middle" fill="#1f1f1f">judged answers so far</text>`;
  return [...rows, ...columns, label].join('\n');
}

/** Labels of lines that end close together stand one under the other. */
function labelY(i: number, own: number, drawn: Summary['curves'], y: Scale): number {
  const ends = drawn
    .map(({ points }, at) => ({ at, y: y(points.at(-1)?.value ?? 0) }))
    .sort((a, b) => a.y - b.y || a.at - b.at);
  let previous = -Infinity;
  for (const end of ends) {
    const placed = Math.max(end.y, previous + 18);
    if (end.at === i) return placed;
    previous = placed;
  }
  return own;
}

const share = (value: number): string => `${Math.round(100 * value)} %`;
const round = (length: number): number => Math.round(length * 100) / 100;
const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
