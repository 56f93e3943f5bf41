/** Assembles the kernel of the vector search, src/core/memory/search/kernel/products.wat. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import initWabt from 'wabt';

const source = path.resolve(import.meta.dirname, '../src/core/memory/search/kernel/products.wat');

/** @returns {Promise<Uint8Array>} a WebAssembly module; rejects where the source is wrong */
export const assembleVectorKernel = async () => assemble(source);

/**
 * @param {string} file  WebAssembly in text form
 * @returns {Promise<Uint8Array>} the same as a module; rejects where the text is wrong
 */
export async function assemble(file) {
  const wabt = await initWabt();
  const parsed = wabt.parseWat(file, await readFile(file, 'utf8'), { simd: true });
  try {
    parsed.validate();
    return parsed.toBinary({}).buffer;
  } finally {
    parsed.destroy();
  }
}
