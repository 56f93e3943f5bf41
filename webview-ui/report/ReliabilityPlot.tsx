import * as l10n from '@vscode/l10n';
import { linearScale } from '../../src/core/common/plot';
import type { MemoryReport } from '../../src/protocol/reportMessages';
import { formatShare } from '../format';
import { counted } from '../language';
import { HorizontalGrid, VerticalGrid } from './Axes';
import { Plot } from './Plot';

const SIDE = 300;
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** Predicted against accepted: on the diagonal predictions can be taken at their word. A point is as large as its runs are many. */
export function ReliabilityPlot({ calibration }: Pick<MemoryReport, 'calibration'>) {
  const { rows, words } = calibration;
  const most = Math.max(...rows.map(({ count }) => count));
  return (
    <Plot
      id="reliability"
      title={l10n.t('Predicted and accepted shares')}
      description={words}
      height={SIDE}
      widest={SIDE + 20}
    >
      {(width) => {
        const box = { left: 48, top: 12, width: width - 68, height: SIDE - 60 };
        const bottom = box.top + box.height;
        const x = linearScale([0, 1], [box.left, box.left + box.width]);
        const y = linearScale([0, 1], [bottom, box.top]);
        return (
          <>
            <HorizontalGrid box={box} scale={y} ticks={SHARES} label={formatShare} />
            <VerticalGrid box={box} scale={x} ticks={SHARES} label={formatShare} />
            <line class="plot-ideal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
            <text class="plot-text" x={box.left + box.width / 2} y={SIDE - 8} text-anchor="middle">
              {l10n.t('predicted')}
            </text>
            <text
              class="plot-text"
              transform={`translate(10 ${box.top + box.height / 2}) rotate(-90)`}
              text-anchor="middle"
            >
              {l10n.t('accepted')}
            </text>
            {rows.map(({ low, count, meanPredicted, shareAccepted }) => (
              <circle
                key={low}
                class="mark-bubble"
                cx={x(meanPredicted)}
                cy={y(shareAccepted)}
                r={3 + 9 * Math.sqrt(count / most)}
              >
                <title>
                  {counted(
                    count,
                    l10n.t('{0} run: {1} predicted, {2} accepted'),
                    l10n.t('{0} runs: {1} predicted, {2} accepted'),
                    formatShare(meanPredicted),
                    formatShare(shareAccepted),
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
