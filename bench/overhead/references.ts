/** What a run costs at the least: a log of its events, and all that it says as JSON. */
import { open } from 'node:fs/promises';
import { isTransient, type RunEvent } from '../../src/core/agent/events';
import type { Asked } from './models';

/** Appends a line an event to the file, each once the one before it is with the operating system. */
export async function writeLines(file: string, events: readonly RunEvent[]): Promise<void> {
  const handle = await open(file, 'a');
  try {
    for (const event of kept(events)) await handle.appendFile(`${JSON.stringify(event)}\n`);
  } finally {
    await handle.close();
  }
}

/** All that a run says, its events and its requests to models, written as JSON and read again. */
export function roundTrip(events: readonly RunEvent[], asked: readonly Asked[]): readonly unknown[] {
  const said: readonly object[] = [...kept(events), ...asked.map(({ request }) => request)];
  return said.map((each): unknown => JSON.parse(JSON.stringify(each)));
}

const kept = (events: readonly RunEvent[]): readonly RunEvent[] =>
  events.filter((event) => !isTransient(event));
