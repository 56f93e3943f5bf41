/** How long servers are waited for. Milliseconds. */
export interface McpLimits {
  /** A run goes on without the tools of a server that takes longer to start; the start itself goes on. */
  readonly patience: number;
  /** Of a start: after it, the server is ended. The first run of `npx` loads a package. */
  readonly start: number;
  /** After the first failure in a row; four times as long after each other one, up to `longestRest`. */
  readonly firstRest: number;
  readonly longestRest: number;
  /** A rest that is longer is not waited for: the call fails at once. */
  readonly restWaited: number;
  /** A server that lived this long has not failed at its start. */
  readonly settled: number;
}

export const MCP_LIMITS: McpLimits = {
  patience: 15_000,
  start: 60_000,
  firstRest: 1_000,
  longestRest: 300_000,
  restWaited: 5_000,
  settled: 60_000,
};
