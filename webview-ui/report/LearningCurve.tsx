import * as l10n from '@vscode/l10n';
import { bandPath, linearScale, linePath, ordinalTicks } from '../../src/core/common/plot';
import type { MemoryReport } from '../../src/protocol/reportMessages';
import { formatShare } from '../format';
import { formatNumber } from '../language';
import { HorizontalGrid } from './Axes';
import { Plot } from './Plot';

const HEIGHT = 220;
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** The share accepted as judged runs go by, with its 95 % interval. */
export function LearningCurve({ acceptance }: Pick<MemoryReport, 'acceptance'>) {
  const { groups, judged, words } = acceptance;
  return (
    <Plot
      id="learning-curve"
      title={l10n.t('Share of accepted answers, with 95% intervals')}
      description={words}
      height={HEIGHT}
    >
      {(width) => {
        const box = { left: 44, top: 10, width: width - 60, height: HEIGHT - 52 };
        const bottom = box.top + box.height;
        const x = linearScale([1, Math.max(2, judged)], [box.left, box.left + box.width]);
        const y = linearScale([0, 1], [bottom, box.top]);
        const marks = groups.map((group) => ({ ...group, x: x((group.first + group.last) / 2) }));
        const at = (share: (group: (typeof marks)[number]) => number) =>
          marks.map((group) => ({ x: group.x, y: y(share(group)) }));
        const ticks = ordinalTicks(judged, width / 70);
        return (
          <>
            <HorizontalGrid box={box} scale={y} ticks={SHARES} label={formatShare} />
            {ticks.map((tick) => (
              <text key={tick} class="plot-text" x={x(tick)} y={bottom + 16} text-anchor="middle">
                {formatNumber(tick)}
              </text>
            ))}
            <text class="plot-text" x={box.left + box.width / 2} y={HEIGHT - 6} text-anchor="middle">
              {l10n.t('judged runs')}
            </text>
            <path
              class="mark-band"
              d={bandPath(
                at(({ share }) => share.high),
                at(({ share }) => share.low),
              )}
            />
            {marks.length === 1 && <Whisker {...marks[0]} y={y} />}
            <path class="mark-line" d={linePath(at(({ share }) => share.value))} />
            {marks.map((group) => (
              <circle key={group.first} class="mark-point" cx={group.x} cy={y(group.share.value)} r={3.5}>
                <title>
                  {l10n.t(
                    'Runs {0}–{1}: {2} of {3} accepted',
                    ...[group.first, group.last, group.accepted, group.judged].map(formatNumber),
                  )}
                </title>
              </circle>
            ))}
          </>
        );
      }}
    </Plot>
  );
}

/** One group alone has no band to show its interval by. */
function Whisker({
  x,
  share,
  y,
}: {
  readonly x?: number;
  readonly share?: { readonly low: number; readonly high: number };
  readonly y: (share: number) => number;
}) {
  return share ? <line class="mark-interval" x1={x} x2={x} y1={y(share.low)} y2={y(share.high)} /> : null;
}
