import * as l10n from '@vscode/l10n';
import { linearScale, niceTicks, type Box } from '../../src/core/common/plot';
import { formatPoints } from '../format';
import { Plot } from './Plot';

export interface ForestRow {
  readonly key: string;
  readonly name: string;
  /** Differences of shares, with what they lie within. */
  readonly measured: { readonly value: number; readonly low: number; readonly high: number };
}

interface Props {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly ForestRow[];
}

const AXIS = 40;
/** Of a letter, on average, at the size of the labels. */
const LETTER = 6.2;
const FIGURES_WIDTH = 110;
/** With less room names and figures stand above the intervals, not beside them. */
const ENOUGH_ROOM = 560;

/** Intervals of differences, one below the other, around a line at 0. */
export function ForestPlot({ id, title, description, rows }: Props) {
  return (
    <Plot
      id={id}
      title={title}
      description={description}
      height={(width) => rows.length * rowHeight(width) + AXIS}
    >
      {(width) => <Rows rows={rows} layout={layoutOf(width, rows)} />}
    </Plot>
  );
}

interface Layout {
  /** Where the intervals are. */
  readonly box: Box;
  readonly row: number;
  readonly names: { readonly x: number; readonly width: number };
  /** The right end of the figures. */
  readonly figures: number;
  /** From the top of a row to its text, and to its interval. */
  readonly text: number;
  readonly middle: number;
  /** Half the length of a line of the grid in a row. */
  readonly reach: number;
}

const rowHeight = (width: number): number => (width >= ENOUGH_ROOM ? 26 : 44);

function layoutOf(width: number, rows: readonly ForestRow[]): Layout {
  const row = rowHeight(width);
  const [top, height] = [2, rows.length * row];
  if (width < ENOUGH_ROOM) {
    const box = { left: 16, top, width: width - 32, height };
    const names = { x: 2, width: width - FIGURES_WIDTH - 12 };
    return { box, row, names, figures: width - 2, text: 14, middle: 31, reach: 11 };
  }
  const longest = Math.max(...rows.map(({ name }) => name.length));
  const names = { x: 2, width: Math.min(340, width * 0.36, (longest + 1) * LETTER) };
  const left = names.x + names.width + 20;
  const box = { left, top, width: width - left - FIGURES_WIDTH - 20, height };
  return { box, row, names, figures: width - 2, text: 17, middle: 13, reach: 13 };
}

function Rows({ rows, layout }: { readonly rows: readonly ForestRow[]; readonly layout: Layout }) {
  const { box } = layout;
  const ends = rows.flatMap(({ measured: { low, high } }) => [Math.max(-1, low), Math.min(1, high)]);
  const ticks = niceTicks(Math.min(-0.1, ...ends), Math.max(0.1, ...ends), Math.min(8, box.width / 70));
  const x = linearScale([ticks[0] ?? -1, ticks.at(-1) ?? 1], [box.left, box.left + box.width]);
  const bottom = box.top + box.height;
  return (
    <>
      {rows.map((row, r) => (
        <Row key={row.key} row={row} x={x} ticks={ticks} top={box.top + r * layout.row} layout={layout} />
      ))}
      {ticks.map((tick) => (
        <text key={tick} class="plot-text" x={x(tick)} y={bottom + 16} text-anchor="middle">
          {formatPoints(tick)}
        </text>
      ))}
      <text class="plot-text" x={box.left + box.width / 2} y={bottom + 34} text-anchor="middle">
        {l10n.t('percentage points')}
      </text>
    </>
  );
}

interface RowProps {
  readonly row: ForestRow;
  readonly x: (difference: number) => number;
  readonly ticks: readonly number[];
  readonly top: number;
  readonly layout: Layout;
}

function Row({ row: { name, measured }, x, ticks, top, layout }: RowProps) {
  const y = top + layout.middle;
  const [low, high] = [x(Math.max(-1, measured.low)), x(Math.min(1, measured.high))];
  const room = Math.floor(layout.names.width / LETTER);
  const tone = measured.high < 0 ? 'bad' : measured.low > 0 ? 'good' : 'open';
  const down = { y1: y - layout.reach, y2: y + layout.reach };
  return (
    <g class={`forest-${tone}`}>
      {ticks.map((tick) => (
        <line key={tick} class={tick === 0 ? 'plot-zero' : 'plot-grid'} x1={x(tick)} x2={x(tick)} {...down} />
      ))}
      <text class="plot-label" x={layout.names.x} y={top + layout.text}>
        {name.length > room ? `${name.slice(0, Math.max(1, room - 1))}…` : name}
      </text>
      <text class="plot-label" x={layout.figures} y={top + layout.text} text-anchor="end">
        {l10n.t(
          '{0} ({1} to {2})',
          formatPoints(measured.value),
          formatPoints(measured.low),
          formatPoints(measured.high),
        )}
      </text>
      <line class="mark-interval" x1={low} x2={high} y1={y} y2={y} />
      <line class="mark-interval" x1={low} x2={low} y1={y - 4} y2={y + 4} />
      <line class="mark-interval" x1={high} x2={high} y1={y - 4} y2={y + 4} />
      <circle class="mark-point" cx={x(measured.value)} cy={y} r={4.5} />
    </g>
  );
}
