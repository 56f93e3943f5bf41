import { lexicalTokens, STOP_WORDS } from '../../src/core/common/text';
import type { Encoder } from '../../src/core/ports';

const DIMENSIONS = 64;

/**
 * A bag of words hashed into 64 numbers, unit length: the same words give the same vector, and texts that share words are
 * near each other; function words do not count. A text with no word has none.
 */
export function hashEncoder(): Encoder {
  return {
    id: 'hash-64',
    dimensions: DIMENSIONS,
    encode: async (texts, signal) => {
      signal?.throwIfAborted();
      return texts.map(vectorOf);
    },
    dispose: async () => undefined,
  };
}

function vectorOf(text: string): Float32Array | undefined {
  const vector = new Float32Array(DIMENSIONS);
  const tokens = lexicalTokens(text);
  const content = tokens.filter((token) => !STOP_WORDS.has(token));
  for (const token of content.length > 0 ? content : tokens) {
    const hash = hashOf(token);
    const place = hash % DIMENSIONS;
    vector[place] = (vector[place] ?? 0) + ((hash >>> 16) % 2 === 0 ? 1 : -1);
  }
  const length = Math.hypot(...vector);
  return length === 0 ? undefined : vector.map((value) => value / length);
}

/** FNV-1a, 32 bits. */
function hashOf(token: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < token.length; i++) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
