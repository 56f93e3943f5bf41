export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'times';
  /** Undefined where there is none. */
  readonly budget?: number;
  readonly note?: string;
}
