/** Numbers in words for a narrow line. */

/** 850 ms, 4.2 s, 1 min 05 s, 2 h 03 min */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return formatElapsed(ms);
}

/** Whole seconds, for a clock that ticks: 0 s, 59 s, 1 min 05 s, 2 h 03 min */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
}

/** 512, 24.1k, 1.3M */
export function formatCount(count: number): string {
  if (count < 1000) return String(count);
  if (count < 1_000_000) return `${(count / 1000).toFixed(count < 100_000 ? 1 : 0)}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}

/** US dollars. */
export function formatCost(cost: number): string {
  if (cost > 0 && cost < 0.001) return 'under $0.001';
  return `$${cost.toFixed(cost < 1 ? 3 : 2)}`;
}

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A share in [0, 1] as whole per cent. */
export const formatShare = (share: number): string => `${Math.round(share * 100)}%`;
