import type { Box, Scale } from '../../src/core/common/plot';

interface Axis {
  readonly box: Box;
  readonly scale: Scale;
  readonly ticks: readonly number[];
  readonly label: (tick: number) => string;
}

/** Lines across the plot with their values to the left. */
export function HorizontalGrid({ box, scale, ticks, label }: Axis) {
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick}>
          <line class="plot-grid" x1={box.left} x2={box.left + box.width} y1={scale(tick)} y2={scale(tick)} />
          <text class="plot-text" x={box.left - 8} y={scale(tick)} dy="0.32em" text-anchor="end">
            {label(tick)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Lines down the plot with their values below. */
export function VerticalGrid({ box, scale, ticks, label }: Axis) {
  const bottom = box.top + box.height;
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick}>
          <line class="plot-grid" x1={scale(tick)} x2={scale(tick)} y1={box.top} y2={bottom} />
          <text class="plot-text" x={scale(tick)} y={bottom + 16} text-anchor="middle">
            {label(tick)}
          </text>
        </g>
      ))}
    </g>
  );
}
