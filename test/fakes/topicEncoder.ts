import type { Encoder } from '../../src/core/ports';

/** An encoder of its own small world: texts about the same of its topics are near each other. Counts what it encoded. */
export function topicEncoder(
  topics: readonly (readonly string[])[],
): Encoder & { readonly encoded: string[] } {
  const encoded: string[] = [];
  return {
    id: 'topics',
    dimensions: topics.length,
    encoded,
    encode: async (texts, signal) => {
      signal?.throwIfAborted();
      encoded.push(...texts);
      return texts.map((text) => {
        const counts = topics.map(
          (words) => words.filter((word) => text.toLowerCase().includes(word)).length,
        );
        const length = Math.hypot(...counts);
        return length === 0 ? undefined : Float32Array.from(counts, (count) => count / length);
      });
    },
    dispose: async () => undefined,
  };
}
