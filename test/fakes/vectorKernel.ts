import { assembleVectorKernel } from '../../scripts/vector-kernel.mjs';
import type { NewVectorKernel } from '../../src/core/memory/search/kernel/vectorKernel';
import { vectorKernel } from '../../src/node/vectorKernel';

/** The real one, assembled from its source. */
export async function builtKernel(): Promise<NewVectorKernel> {
  const newKernel = vectorKernel(await assembleVectorKernel());
  if (newKernel === undefined) throw new Error('This platform has no WebAssembly SIMD.');
  return newKernel;
}

/** The real one, with no more memory than so many growths give. */
export const scarceKernel =
  (newKernel: NewVectorKernel, growths: number): NewVectorKernel =>
  () => {
    const kernel = newKernel();
    const { memory } = kernel;
    let grown = 0;
    const grow = (pages: number) => {
      if (grown++ === growths) throw new RangeError('no more memory');
      return memory.grow(pages);
    };
    return {
      products: (...addresses) => kernel.products(...addresses),
      memory: {
        grow,
        get buffer() {
          return memory.buffer;
        },
      },
    };
  };
