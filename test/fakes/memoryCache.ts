import type { DiskCache } from '../../src/core/ports';

/** A cache with no limit, whose entries a test can look at. */
export function memoryCache(): DiskCache & { readonly entries: Map<string, Uint8Array> } {
  const entries = new Map<string, Uint8Array>();
  return {
    entries,
    read: async (key) => entries.get(key),
    write: async (key, bytes) => void entries.set(key, bytes),
  };
}
