/** What the calls of a run returned, so that the same call again costs nothing. */
import { canonicalJson } from '../common/canonicalJson';
import type { Evidence } from '../tools/evidence';
import type { Tool, ToolResult } from '../tools/tool';

/** A result, and the evidence that was registered on the way to it. */
export interface MadeCall {
  readonly result: ToolResult;
  readonly cited: readonly Evidence[];
}

/**
 * Of tools that change nothing. Calls that are alike and made at once are made once. A failure is not kept, for the next
 * try may do better; and once a tool that may change something was called, what was read before it may be outdated.
 */
export class CallCache {
  readonly #calls = new Map<string, Promise<MadeCall>>();

  async answer(
    tool: Tool,
    args: unknown,
    make: () => Promise<MadeCall>,
  ): Promise<MadeCall & { readonly repeated: boolean }> {
    if (tool.readOnly !== true) {
      this.#calls.clear();
      try {
        return { ...(await make()), repeated: false };
      } finally {
        // What was read while it ran may be of before or after.
        this.#calls.clear();
      }
    }
    const key = `${tool.name} ${canonicalJson(args)}`;
    const known = this.#calls.get(key);
    if (known) {
      const call = await known.catch(() => undefined);
      if (call?.result.ok === true) return { ...call, repeated: true };
      // The other one failed; this call is its own try.
    }
    const making = make();
    this.#calls.set(key, making);
    const forget = () => {
      if (this.#calls.get(key) === making) this.#calls.delete(key);
    };
    try {
      const call = await making;
      if (!call.result.ok) forget();
      return { ...call, repeated: false };
    } catch (error) {
      forget();
      throw error;
    }
  }
}
