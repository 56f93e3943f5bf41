/** A workspace index as it is kept on disk; its vectors are kept apart, by their texts. */
import type { TermIndexImage } from '../../memory/search/termIndex';
import type { Passage } from '../../ports';

export interface IndexImage {
  /** In the order of their passages. */
  readonly files: readonly { readonly path: string; readonly passages: number }[];
  /** Row i of the terms is passage i. */
  readonly passages: readonly Passage[];
  readonly terms: TermIndexImage;
}
