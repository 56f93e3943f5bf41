import { randomBytes } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { Ids, SteadyClock } from '../core/ports';

export const systemClock: SteadyClock = { now: () => Date.now(), steady: () => performance.now() };

/** In the order of creation within one millisecond too, and when the clock is set back. */
const nextUlid = monotonicFactory();

export const systemIds: Ids = {
  next: () => nextUlid(),
  secret: () => randomBytes(24).toString('base64url'),
};
