import { readFile } from 'node:fs/promises';
import type { NewVectorKernel, VectorKernel } from '../core/memory/search/kernel/vectorKernel';

/**
 * The kernel of the vector search from its built file; undefined where this platform has no SIMD, or the file is not
 * there: the search is exact without it too, and slower.
 */
export async function readVectorKernel(file: string | URL): Promise<NewVectorKernel | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  return bytes && vectorKernel(bytes);
}

/** Each kernel has memory of its own: a RangeError is thrown where there is none. */
export function vectorKernel(bytes: Uint8Array): NewVectorKernel | undefined {
  if (!WebAssembly.validate(bytes)) return undefined;
  const module = new WebAssembly.Module(bytes);
  return () => {
    const { exports } = new WebAssembly.Instance(module);
    if (!isKernel(exports)) throw new TypeError('The module is no kernel of the vector search.');
    return exports;
  };
}

const isKernel = (exports: object): exports is VectorKernel => 'memory' in exports && 'products' in exports;
