/**
 * The order in which the text of a page is read. The order in the file is the writer's own business, so it is found from
 * where the text stands: rows from top to bottom, but where two columns of running text stand side by side, first the
 * left one. A table looks the same at first, yet its cells are short: they do not fill their column.
 */
import { type Row, rowsOf, type Segment } from './textLine';

/** A gutter is at least this wide, in parts of the font's size. */
const GUTTER = 0.8;
/** Fewer lines side by side are no columns. */
const FEWEST_LINES = 4;
/** Of the width of a column, which the lines of running text have at the median. */
const FILLED = 0.55;
const DEEPEST = 3;

/** Flows of rows, each to be read from top to bottom before the next. */
export function readingOrder(segments: readonly Segment[], depth = 0): readonly (readonly Row[])[] {
  const gutter = depth < DEEPEST ? findGutter(segments) : undefined;
  if (gutter === undefined) return segments.length === 0 ? [] : [rowsOf(segments)];
  const flows: (readonly Row[])[] = [];
  for (const band of bandsOf(segments, gutter)) {
    if (band.columns) {
      flows.push(...readingOrder(band.left, depth + 1), ...readingOrder(band.right, depth + 1));
    } else if (band.segments.length > 0) {
      flows.push(rowsOf(band.segments));
    }
  }
  return flows;
}

interface Band {
  readonly columns: boolean;
  readonly segments: readonly Segment[];
  readonly left: readonly Segment[];
  readonly right: readonly Segment[];
}

/** Stretches of the page from top to bottom, cut where something crosses the gutter. */
function bandsOf(segments: readonly Segment[], gutter: number): readonly Band[] {
  const bands: Band[] = [];
  let open: Segment[] = [];
  let across: Segment[] = [];
  const closeColumns = () => {
    if (open.length > 0) bands.push(bandOf(open, gutter));
    open = [];
  };
  const closeAcross = () => {
    if (across.length > 0) bands.push({ columns: false, segments: across, left: [], right: [] });
    across = [];
  };
  for (const row of rowsOf(segments)) {
    if (row.segments.some((segment) => crosses(segment, gutter))) {
      closeColumns();
      across.push(...row.segments);
    } else {
      closeAcross();
      open.push(...row.segments);
    }
  }
  closeColumns();
  closeAcross();
  return joinRows(bands);
}

/** Neighbours that are both to be read row by row are one. */
function joinRows(bands: readonly Band[]): readonly Band[] {
  const joined: Band[] = [];
  for (const band of bands) {
    const last = joined.at(-1);
    if (last !== undefined && !last.columns && !band.columns) {
      joined[joined.length - 1] = { ...last, segments: [...last.segments, ...band.segments] };
    } else joined.push(band);
  }
  return joined;
}

function bandOf(segments: readonly Segment[], gutter: number): Band {
  const left = segments.filter((segment) => segment.right <= gutter);
  const right = segments.filter((segment) => segment.right > gutter);
  const columns = isRunningText(left) && isRunningText(right);
  return { columns, segments, left, right };
}

/** Lines most of which fill the width that they have together; one that is set apart in it counts with its neighbours. */
function isRunningText(segments: readonly Segment[]): boolean {
  const rows = rowsOf(segments);
  if (rows.length < FEWEST_LINES) return false;
  const width = Math.max(...rows.map(({ right }) => right)) - Math.min(...rows.map(({ left }) => left));
  const filled = rows
    .map(({ segments: cells }) => cells.reduce((sum, { left, right }) => sum + right - left, 0) / width)
    .sort((a, b) => a - b);
  const characters = rows.reduce(
    (sum, row) => sum + row.segments.reduce((all, { text }) => all + text.length, 0),
    0,
  );
  return (filled[Math.floor(filled.length / 2)] ?? 0) >= FILLED && characters / rows.length >= 12;
}

const crosses = ({ left, right }: Segment, x: number): boolean => left < x && right > x;

/** The x that most rows have text on both sides of, and few across it. */
function findGutter(segments: readonly Segment[]): number | undefined {
  if (segments.length < FEWEST_LINES * 2) return undefined;
  const left = Math.min(...segments.map((segment) => segment.left));
  const right = Math.max(...segments.map((segment) => segment.right));
  const size = median(segments.map((segment) => segment.size));
  let best: { x: number; score: number } | undefined;
  for (const x of candidates(segments, size)) {
    if (x < left + (right - left) * 0.15 || x > left + (right - left) * 0.85) continue;
    const before = segments.filter((segment) => segment.right <= x).length;
    const after = segments.filter((segment) => segment.left >= x).length;
    const across = segments.length - before - after;
    const sides = Math.min(before, after);
    if (sides < FEWEST_LINES || across > sides) continue;
    const score = sides - across;
    if (best === undefined || score > best.score) best = { x, score };
  }
  return best?.x;
}

/** The middles of the gaps just left of where several segments begin. */
function candidates(segments: readonly Segment[], size: number): number[] {
  const starts = new Map<number, number>();
  for (const { left } of segments) {
    const at = Math.round(left);
    starts.set(at, (starts.get(at) ?? 0) + 1);
  }
  return [...starts]
    .filter(([, count]) => count >= 2)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12)
    .map(([start]) => start - (GUTTER * size) / 2);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
