/** The vector of a case's question, and the encoder that made it: vectors of two encoders are never compared. */
export interface StoredVector {
  readonly encoder: string;
  /** Unit length. */
  readonly values: Float32Array;
}
