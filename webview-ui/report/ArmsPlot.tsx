import * as l10n from '@vscode/l10n';
import { percent } from '../../src/core/common/figures';
import { bandPath, linearScale, linePath, niceTicks } from '../../src/core/common/plot';
import type { MemoryReport } from '../../src/protocol/reportMessages';
import { HorizontalGrid } from './Axes';
import { Plot } from './Plot';

const HEIGHT = 240;
const SHARES = [0, 0.25, 0.5, 0.75, 1];
/** What is shown lies above. */
const ARMS = [
  { arm: 'controls', name: l10n.t('without cases') },
  { arm: 'others', name: l10n.t('with cases') },
] as const;

/** The share accepted so far with cases and without, as runs of the experiment were judged. */
export function ArmsPlot({ experiment: { curve, words } }: Pick<MemoryReport, 'experiment'>) {
  const judged = curve.at(-1)?.judged ?? 0;
  return (
    <Plot
      id="arms"
      title={l10n.t('Share of accepted answers so far, with cases and without, with 95% intervals')}
      description={words}
      height={HEIGHT}
      legend={<Legend />}
    >
      {(width) => {
        const box = { left: 44, top: 10, width: width - 60, height: HEIGHT - 52 };
        const bottom = box.top + box.height;
        const x = linearScale([0, Math.max(1, judged)], [box.left, box.left + box.width]);
        const y = linearScale([0, 1], [bottom, box.top]);
        const ticks = niceTicks(0, judged, width / 70).filter((tick) => tick > 0 && tick <= judged);
        return (
          <>
            <HorizontalGrid box={box} scale={y} ticks={SHARES} label={percent} />
            {ticks.map((tick) => (
              <text key={tick} class="plot-text" x={x(tick)} y={bottom + 16} text-anchor="middle">
                {tick}
              </text>
            ))}
            <text class="plot-text" x={box.left + box.width / 2} y={HEIGHT - 6} text-anchor="middle">
              {l10n.t('judged runs of the experiment')}
            </text>
            {ARMS.map(({ arm }) => {
              const line = (end: 'value' | 'low' | 'high') =>
                curve.map((point) => ({ x: x(point.judged), y: y(point[arm][end]) }));
              return (
                <g key={arm} class={`arm-${arm}`}>
                  <path class="mark-band" d={bandPath(line('high'), line('low'))} />
                  <path class="mark-line" d={linePath(line('value'))} />
                </g>
              );
            })}
          </>
        );
      }}
    </Plot>
  );
}

function Legend() {
  return (
    <ul class="legend" aria-hidden="true">
      {ARMS.toReversed().map(({ arm, name }) => (
        <li key={arm}>
          <svg width="24" height="12" class={`arm-${arm}`}>
            <line class="mark-line" x1="1" x2="23" y1="6" y2="6" />
          </svg>{' '}
          {name}
        </li>
      ))}
    </ul>
  );
}
