/** Model servers on this machine, at the ports that they have unless told otherwise. Only looked for when asked. */
import { offeredModels } from '../../models';

const SERVERS = [
  { name: 'Ollama', port: 11434 },
  { name: 'LM Studio', port: 1234 },
  { name: 'vLLM', port: 8000 },
  { name: 'llama.cpp', port: 8080 },
] as const;
/** Milliseconds that one may take to list its models. */
const LIMIT_MS = 2_000;

export interface LocalServer {
  readonly name: string;
  readonly baseUrl: string;
  readonly models: readonly string[];
}

/** Those that answer and list models. Never rejects. */
export async function findLocalServers(signal: AbortSignal): Promise<readonly LocalServer[]> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const found = await Promise.all(
    SERVERS.map(async ({ name, port }): Promise<readonly LocalServer[]> => {
      const baseUrl = `http://127.0.0.1:${port}/v1`;
      const config = { provider: 'openai', baseUrl, source: 'settings' } as const;
      const offered = await offeredModels('planner', config, { signal: limited }).catch(() => undefined);
      return offered?.ok ? [{ name, baseUrl, models: offered.value }] : [];
    }),
  );
  return found.flat();
}
