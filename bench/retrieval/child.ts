/** The process of one other contender: opens it, loads what the parent names, answers its queries. See isolated.ts. */
import { type Answer, type Engine, type Search, timed } from './contender';
import type { Reply, Request } from './isolated';
import { OTHERS } from './others.mjs';
import { randomVectors } from './vectors';

const contender = OTHERS.find(({ name }) => name === process.argv[2]);
let engine: Engine | undefined;
let search: Search | undefined;

async function reply(request: Request): Promise<Reply> {
  try {
    return { ok: true, answer: await done(request) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

async function done(request: Request): Promise<Answer | undefined> {
  switch (request.type) {
    case 'open':
      engine = await contender?.open();
      return;
    case 'load':
      search = await engine?.load(randomVectors(request.count, request.seed));
      return;
    case 'search':
      // Copied, as usearch reads the bytes of the whole message that the query is a part of.
      return search && (await timed(search, request.query.slice()));
    case 'close':
      await engine?.close?.();
  }
}

process.on('message', (request: Request) => {
  void reply(request).then((answer) => process.send?.(answer));
});
