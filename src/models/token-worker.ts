/** The thread that counts tokens: its vocabularies take half a second to load. Its entry point is built on its own. */
import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { CountTokens } from '../core/ports';
import { countTokens } from './tokens';

const port = parentPort;
if (port === null) throw new Error('token-worker is the entry of a worker thread.');

const functions: { readonly count: CountTokens } = { count: countTokens };

createBirpc<Record<string, never>, typeof functions>(functions, {
  post: (message: unknown) => port.postMessage(message),
  on: (listener) => port.on('message', listener),
});
