/** What holds of most parsers. */
import assert from 'node:assert/strict';
import type { Result } from '../../src/core/common/result';

/** Data or a fault in words, which is never longer than what a person reads. */
export function isResult(result: Result<unknown>): void {
  assert.equal(typeof result.ok, 'boolean');
  if (result.ok) return;
  const { message } = result.fault;
  assert.equal(typeof message, 'string');
  assert.ok(message.length > 0, 'a fault says what is wrong');
}

/** JSON has all of it, and no key that every object has is an own one where the parser names its keys. */
export function isPlainData(value: unknown): void {
  assert.equal(JSON.stringify(JSON.parse(JSON.stringify(value) ?? 'null')), JSON.stringify(value) ?? 'null');
}

/** Characters that steer a terminal, or hide (ECMA-48, C1 too); tabs and line feeds are text. */
export const STEERS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
