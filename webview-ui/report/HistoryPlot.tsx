import * as l10n from '@vscode/l10n';
import { barSlots, countTicks, everyNth, linearScale } from '../../src/core/common/plot';
import type { MemoryReport } from '../../src/protocol/reportMessages';
import { formatNumber, language } from '../language';
import { HorizontalGrid } from './Axes';
import { Plot } from './Plot';

const HEIGHT = 200;
const LABEL_WIDTH = 76;
/** From the bottom up. They differ in their texture too, not in colour alone. */
const KINDS = ['accepted', 'rejected', 'unjudged'] as const;
const KIND_NAMES = {
  accepted: l10n.t('accepted'),
  rejected: l10n.t('rejected'),
  unjudged: l10n.t('not judged'),
};

const BAR_WORDS: Readonly<Record<(typeof KINDS)[number], (day: string, count: string) => string>> = {
  accepted: (day, count) => l10n.t('{0}: {1} accepted', day, count),
  rejected: (day, count) => l10n.t('{0}: {1} rejected', day, count),
  unjudged: (day, count) => l10n.t('{0}: {1} not judged', day, count),
};

type Unit = MemoryReport['history']['unit'];

const TITLES: Readonly<Record<Unit, string>> = {
  day: l10n.t('Cases by day'),
  week: l10n.t('Cases by week'),
  month: l10n.t('Cases by month'),
  year: l10n.t('Cases by year'),
};

/** Cases by the time they were made, and by what is said of them now. */
export function HistoryPlot({ history }: Pick<MemoryReport, 'history'>) {
  const { buckets, unit, words } = history;
  const most = Math.max(...buckets.map((each) => each.accepted + each.rejected + each.unjudged));
  return (
    <Plot id="history" title={TITLES[unit]} description={words} height={HEIGHT} legend={<Legend />}>
      {(width) => {
        const box = { left: 44, top: 10, width: width - 60, height: HEIGHT - 40 };
        const ticks = countTicks(most, 4);
        const bottom = box.top + box.height;
        const y = linearScale([0, ticks.at(-1) ?? 1], [bottom, box.top]);
        const slots = barSlots(buckets.length, box);
        const step = everyNth(buckets.length, box.width, LABEL_WIDTH);
        return (
          <>
            <Hatching />
            <HorizontalGrid box={box} scale={y} ticks={ticks} label={formatNumber} />
            {buckets.map((bucket, i) => {
              const { x, width: bar, middle } = slots[i] ?? { x: 0, width: 0, middle: 0 };
              let below = 0;
              return (
                <g key={bucket.from}>
                  {KINDS.map((kind) => {
                    const [from, to] = [below, below + bucket[kind]];
                    below = to;
                    return (
                      to > from && (
                        <rect
                          key={kind}
                          class={`mark-${kind}`}
                          x={x}
                          width={bar}
                          y={y(to)}
                          height={Math.max(0.5, y(from) - y(to) - 1)}
                        >
                          <title>{BAR_WORDS[kind](dayOf(bucket.from), formatNumber(bucket[kind]))}</title>
                        </rect>
                      )
                    );
                  })}
                  {i % step === 0 && (
                    <text class="plot-text" x={middle} y={bottom + 16} text-anchor="middle">
                      {LABELS[unit].format(bucket.from)}
                    </text>
                  )}
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
      {KINDS.map((kind) => (
        <li key={kind}>
          <svg width="14" height="12">
            <rect class={`mark-${kind}`} x="1" y="1" width="12" height="10" />
          </svg>{' '}
          {KIND_NAMES[kind]}
        </li>
      ))}
    </ul>
  );
}

/** The texture of what was rejected. */
function Hatching() {
  return (
    <defs>
      <pattern id="hatching" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatching-ground" width="5" height="5" />
        <line class="hatching-line" x1="0" x2="0" y1="0" y2="5" />
      </pattern>
    </defs>
  );
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

const LABELS: Readonly<Record<Unit, Intl.DateTimeFormat>> = {
  day: labels({ day: 'numeric', month: 'short' }),
  week: labels({ day: 'numeric', month: 'short' }),
  month: labels({ month: 'short', year: 'numeric' }),
  year: labels({ year: 'numeric' }),
};

function labels(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language(), { ...options, timeZone: 'UTC' });
}
