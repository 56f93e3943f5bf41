import { randomBytes } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { Clock, Ids } from '../core/ports';

export const systemClock: Clock = { now: () => Date.now() };

/** In the order of creation within one millisecond too, and when the clock is set back. */
const nextUlid = monotonicFactory();

export const systemIds: Ids = {
  next: () => nextUlid(),
  secret: () => randomBytes(24).toString('base64url'),
};
