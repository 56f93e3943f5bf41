import { percent } from '../../src/core/common/figures';
import { bandPath, linearScale, linePath, niceTicks } from '../../src/core/common/plot';
import type { MemoryReport } from '../../src/protocol/reportMessages';
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
      title="Share of accepted answers, with 95% intervals"
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
        const ticks = niceTicks(0, judged, width / 70).filter((tick) => tick > 0 && tick <= judged);
        return (
          <>
            <HorizontalGrid box={box} scale={y} ticks={SHARES} label={percent} />
            {[1, ...ticks].map((tick) => (
              <text key={tick} class="plot-text" x={x(tick)} y={bottom + 16} text-anchor="middle">
                {tick}
              </text>
            ))}
            <text class="plot-text" x={box.left + box.width / 2} y={HEIGHT - 6} text-anchor="middle">
              judged runs
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
                  {`Runs ${group.first}–${group.last}: ${group.accepted} of ${group.judged} accepted`}
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
