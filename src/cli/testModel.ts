import { CHECK_LABELS, hasFailed, headingOf, testModels, VERDICTS } from '../models/testModels';
import { modelConfigFromEnvironment } from '../models';
import { createFetch } from '../node/http/fetch';
import type { Command } from './arguments';
import type { Host } from './host';

/** Tries the models that the environment names and says what works. 1 where something does not. */
export async function testModel(
  { json }: Extract<Command, { name: 'test-model' }>,
  host: Host,
): Promise<number> {
  const abort = new AbortController();
  const cancel = () => abort.abort();
  process.once('SIGINT', cancel);
  try {
    const tested = await testModels(modelConfigFromEnvironment(process.env), {
      signal: abort.signal,
      fetch: createFetch(process.env),
      prices: {},
    });
    for (const each of tested) {
      const { checks, fault } = each;
      if (json) host.write(`${JSON.stringify(each)}\n`);
      else {
        const lines = checks.map(
          ({ name, verdict, words }) => `  ${VERDICTS[verdict]} · ${CHECK_LABELS[name]}: ${words}`,
        );
        host.write(`${[headingOf(each), ...(fault ? [`  ${fault.message}`] : lines)].join('\n')}\n`);
      }
    }
    return tested.some(hasFailed) ? 1 : 0;
  } catch (error) {
    if (abort.signal.aborted) return 130;
    throw error;
  } finally {
    process.removeListener('SIGINT', cancel);
  }
}
