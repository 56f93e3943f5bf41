/** What the adapter for chat completions adds to a request over HTTP: a server on loopback, its bare `fetch` as reference. */
import { createOpenAiModel } from '../../src/models/openai';
import type { ChatRequest } from '../../src/core/ports';
import { startModelServer } from '../../test/fakes/modelServer';
import { median, timed } from '../learning/timing';

export interface AdapterCost {
  /** Milliseconds a call, medians. */
  readonly adapter: number;
  readonly bare: number;
}

const CALLS = 150;
/** As long a reply as a plan. */
const REPLY = 'The task is done. '.repeat(40);

/** The two take turns, so that neither has the quieter minute; the bare one sends the very bytes that the adapter sent. */
export async function adapterCost(request: ChatRequest): Promise<AdapterCost> {
  const usage = { inputTokens: 1_000, outputTokens: 200 };
  const server = await startModelServer({ replies: () => ({ text: REPLY, usage }) });
  const { signal } = new AbortController();
  try {
    const model = createOpenAiModel({ model: 'test-model', baseUrl: server.url });
    const [adapter, bare]: [number[], number[]] = [[], []];
    for (let n = 0; n < CALLS; n++) {
      adapter.push(
        await timed(async () => {
          const reply = await model.complete(request, { signal });
          if (!reply.ok) throw new Error(reply.fault.message);
        }),
      );
      const body = JSON.stringify(server.requests.at(-1)?.body);
      const headers = { 'content-type': 'application/json' };
      bare.push(
        await timed(async () => {
          const reply = await fetch(`${server.url}/chat/completions`, { method: 'POST', headers, body });
          await reply.text();
        }),
      );
    }
    return { adapter: median(adapter), bare: median(bare) };
  } finally {
    await server.close();
  }
}
