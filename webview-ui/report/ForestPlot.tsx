import { points, pointsWithin } from '../../src/core/common/figures';
import { linearScale, niceTicks } from '../../src/core/common/plot';
import { VerticalGrid } from './Axes';
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

const ROW = 42;
const AXIS = 40;
/** Of a letter, on average, at the size of the labels. */
const LETTER = 6.2;

/** Intervals of differences, one below the other, around a line at 0. */
export function ForestPlot({ id, title, description, rows }: Props) {
  const height = rows.length * ROW + AXIS;
  return (
    <Plot id={id} title={title} description={description} height={height} widest={720}>
      {(width) => {
        const box = { left: 16, top: 4, width: width - 32, height: rows.length * ROW };
        const ends = rows.flatMap(({ measured: { low, high } }) => [Math.max(-1, low), Math.min(1, high)]);
        const ticks = niceTicks(Math.min(-0.1, ...ends), Math.max(0.1, ...ends), Math.min(8, width / 80));
        const domain = [ticks[0] ?? -1, ticks.at(-1) ?? 1] as const;
        const x = linearScale(domain, [box.left, box.left + box.width]);
        return (
          <>
            <VerticalGrid box={box} scale={x} ticks={ticks} label={points} />
            <line class="plot-zero" x1={x(0)} x2={x(0)} y1={box.top} y2={box.top + box.height} />
            <text class="plot-text" x={box.left + box.width / 2} y={height - 4} text-anchor="middle">
              percentage points
            </text>
            {rows.map((row, r) => (
              <Row key={row.key} row={row} x={x} top={box.top + r * ROW} width={box.width} left={box.left} />
            ))}
          </>
        );
      }}
    </Plot>
  );
}

interface RowProps {
  readonly row: ForestRow;
  readonly x: (difference: number) => number;
  readonly top: number;
  readonly left: number;
  readonly width: number;
}

function Row({ row: { name, measured }, x, top, left, width }: RowProps) {
  const y = top + 30;
  const [low, high] = [x(Math.max(-1, measured.low)), x(Math.min(1, measured.high))];
  const figures = pointsWithin(measured);
  const room = Math.floor(width / LETTER) - figures.length - 3;
  const tone = measured.high < 0 ? 'bad' : measured.low > 0 ? 'good' : 'open';
  return (
    <g class={`forest-${tone}`}>
      <text class="plot-label" x={left} y={top + 16}>
        {name.length > room ? `${name.slice(0, Math.max(1, room - 1))}…` : name}
      </text>
      <text class="plot-label" x={left + width} y={top + 16} text-anchor="end">
        {figures}
      </text>
      <line class="mark-interval" x1={low} x2={high} y1={y} y2={y} />
      <line class="mark-interval" x1={low} x2={low} y1={y - 4} y2={y + 4} />
      <line class="mark-interval" x1={high} x2={high} y1={y - 4} y2={y + 4} />
      <circle class="mark-point" cx={x(measured.value)} cy={y} r={4.5} />
    </g>
  );
}
