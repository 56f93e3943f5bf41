export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'times';
  /** Undefined where there is none. */
  readonly budget?: number;
  readonly note?: string;
}

/** The middle one; the upper of two. NaN of none. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
