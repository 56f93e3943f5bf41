/** The vectors of passages, made when they are needed and kept by what they were made of. */
import type { Encoder } from '../../ports';

/** What is kept on disk between sessions. */
export interface VectorCache {
  readonly encoder: string;
  /** Hash of the text, and its vector; null where the encoder cannot read the text. */
  readonly entries: readonly (readonly [hash: string, vector: Float32Array | null])[];
}

const BATCH = 16;

export class Vectors {
  readonly #known = new Map<string, Float32Array | null>();
  #unsaved = 0;

  constructor(private readonly encoder: Encoder | undefined) {}

  get available(): boolean {
    return this.encoder !== undefined;
  }

  /** How many vectors were made since the last `dump`. */
  get unsaved(): number {
    return this.#unsaved;
  }

  /** Undefined where it was not made yet or cannot be made. */
  get(text: string): Float32Array | undefined {
    return this.#known.get(hashOf(text)) ?? undefined;
  }

  missing(texts: readonly string[]): string[] {
    return texts.filter((text) => !this.#known.has(hashOf(text)));
  }

  /**
   * Makes the vectors that are missing, in batches between which it can be aborted.
   * @throws AbortError
   */
  async ensure(texts: readonly string[], signal?: AbortSignal): Promise<void> {
    if (this.encoder === undefined) return;
    const missing = [...new Set(this.missing(texts))];
    for (let i = 0; i < missing.length; i += BATCH) {
      signal?.throwIfAborted();
      const batch = missing.slice(i, i + BATCH);
      const vectors = await this.encoder.encode(batch, signal);
      batch.forEach((text, j) => this.#known.set(hashOf(text), vectors[j] ?? null));
      this.#unsaved += batch.length;
    }
  }

  /** The vectors of `texts`, those of other texts are forgotten. */
  dump(texts: Iterable<string>): VectorCache {
    const entries = new Map<string, Float32Array | null>();
    for (const text of texts) {
      const hash = hashOf(text);
      const vector = this.#known.get(hash);
      if (vector !== undefined) entries.set(hash, vector);
    }
    this.#unsaved = 0;
    return { encoder: this.encoder?.id ?? '', entries: [...entries] };
  }

  /** Ignores the vectors of another encoder. */
  load(cache: VectorCache): void {
    if (cache.encoder !== this.encoder?.id) return;
    for (const [hash, vector] of cache.entries) {
      if (vector === null || vector.length === this.encoder.dimensions) this.#known.set(hash, vector);
    }
  }
}

/** Of unit vectors. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** 53 bits and the length: enough to tell apart the texts of one folder (cyrb53, public domain). */
export function hashOf(text: string): string {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ code, 2654435761);
    h2 = Math.imul(h2 ^ code, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return `${(h2 >>> 0).toString(36)}.${(h1 >>> 0).toString(36)}.${text.length.toString(36)}`;
}
