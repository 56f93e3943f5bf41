/** Orama, installed when the benchmark runs. Plain JavaScript, as its types are not there before. */
import { installed } from '../retrieval/install.mjs';

const VERSION = '3.1.18';
const LIMIT = 10;

/** Rejects where it does not install. */
export async function orama() {
  const get = await installed([`@orama/orama@${VERSION}`]);
  const { create, insert, search } = await get('@orama/orama');
  return {
    name: `Orama ${VERSION}`,
    /** @param {readonly { path: string, text: string }[]} files */
    async index(files) {
      const db = create({ schema: { path: 'string', text: 'string' } });
      for (const { path, text } of files) await insert(db, { path, text });
      return (/** @type {string} */ term) => search(db, { term, limit: LIMIT });
    },
  };
}
