/** The process of one other contender: opens it, loads what the parent names, answers its queries. See isolated.ts. */
import { type Engine, type Search, timed } from './contender';
import type { Reply, Request } from './isolated';
import { OTHERS } from './others.mjs';
import { randomVectors } from './vectors';

const contender = OTHERS.find(({ name }) => name === process.argv[2]);
let engine: Engine | undefined;
let search: Search | undefined;

async function reply(request: Request): Promise<Reply> {
  try {
    if (request.type === 'open') engine = await contender?.open();
    else if (request.type === 'load') {
      search = await engine?.load(randomVectors(request.count, request.seed));
    } else if (request.type === 'close') await engine?.close?.();
    else if (search) return { ok: true, answer: await timed(search, request.query) };
    return { ok: true };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (request: Request) => {
  void reply(request).then((answer) => process.send?.(answer));
});
