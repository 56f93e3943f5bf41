/** What a run may spend. `null` is no limit. */
export interface Limits {
  /** Plans, replanning included. */
  readonly cycles: number;
  readonly modelCalls: number;
  /** Tool calls a task. */
  readonly toolCalls: number;
  /** Input and output together, over the run. */
  readonly tokens: number | null;
  /** US dollars; only models with a known price count. */
  readonly cost: number | null;
  readonly minutes: number;
}

export const DEFAULT_LIMITS: Limits = {
  cycles: 3,
  modelCalls: 40,
  toolCalls: 15,
  tokens: null,
  cost: null,
  minutes: 15,
};

/** US dollars a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}
export type Prices = Readonly<Record<string, Price>>;
