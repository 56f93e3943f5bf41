/**
 * Adobe's predefined character maps (CMaps), which fonts of Chinese, Japanese and Korean name instead of holding them:
 * without its map, what such a font shows is lost. pdf.js asks for each when a font names it.
 */
import { readFile } from 'node:fs/promises';

export class CharacterMaps {
  readonly #folder: URL | undefined;
  /** Names of those that were asked for and are not there. */
  readonly missing = new Set<string>();

  /** @param folder of `<name>.bcmap` files, with a slash at its end; undefined: there are none */
  constructor(folder: URL | undefined) {
    this.#folder = folder;
  }

  /** A `BinaryDataFactory` of pdf.js, which makes one by itself for each document. */
  get factory() {
    const read = (name: string) => this.#read(name);
    return class {
      async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }) {
        if (kind !== 'cMapUrl') throw new Error(`${filename} is not here: only text is read.`);
        return read(filename);
      }
    };
  }

  async #read(fileName: string): Promise<Uint8Array> {
    const name = fileName.replace(/\.bcmap$/, '');
    try {
      // The name comes from the document, and must not lead elsewhere.
      if (this.#folder === undefined || !/^[\w-]+$/.test(name)) throw new Error(`There is no map ${name}.`);
      return new Uint8Array(await readFile(new URL(fileName, this.#folder)));
    } catch (error) {
      this.missing.add(name);
      throw error;
    }
  }
}
