/**
 * What a host gives for fast products: an instance of products.wat, with memory of its own. Addresses and lengths are in
 * bytes.
 */
export interface VectorKernel {
  readonly memory: {
    /** Another one after each growth. */
    readonly buffer: ArrayBuffer;
    /** By so many pages of 64 KiB. Throws RangeError where there is no more. */
    grow(pages: number): number;
  };
  /** Writes the products of the vector at `query` with `count` rows of `stride` from `row` on to `out`. */
  products(query: number, row: number, count: number, stride: number, out: number): void;
}

export type NewVectorKernel = () => VectorKernel;
