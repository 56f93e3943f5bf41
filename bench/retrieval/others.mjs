/**
 * What others offer for exact search of nearest vectors, where it installs. Versions are exact, so that rows of two runs
 * compare. Plain JavaScript, as the packages' types are not there before they are installed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { installed } from './install.mjs';
import { DIMENSIONS, K, rowOf } from './vectors';

/** @type {readonly import('./contender').Contender[]} */
export const OTHERS = [
  {
    name: 'sqlite-vec 0.1.9',
    async open() {
      const get = await installed(['sqlite-vec@0.1.9', 'better-sqlite3@11.10.0']);
      const [{ default: Database }, sqliteVec] = [await get('better-sqlite3'), await get('sqlite-vec')];
      return { load: (vectors) => sqliteSearch(new Database(':memory:'), sqliteVec, vectors) };
    },
  },
  {
    name: 'LanceDB 0.39.0, flat',
    async open() {
      const get = await installed(['@lancedb/lancedb@0.39.0']);
      const lancedb = await get('@lancedb/lancedb');
      const folder = await mkdtemp(path.join(os.tmpdir(), 'memento-bench-'));
      return {
        load: (vectors) => lanceSearch(lancedb, folder, vectors),
        close: () => rm(folder, { recursive: true, force: true }),
      };
    },
  },
  {
    name: 'usearch 2.26.2, exact',
    async open() {
      const get = await installed(['usearch@2.26.2']);
      const { default: usearch } = await get('usearch');
      return { load: (vectors) => usearchSearch(usearch, vectors) };
    },
  },
  {
    name: 'Orama 3.1.18',
    async open() {
      const get = await installed(['@orama/orama@3.1.18']);
      const orama = await get('@orama/orama');
      return { load: (vectors) => oramaSearch(orama, vectors) };
    },
  },
  {
    name: 'Vectra 0.15.0',
    // Its index is one JSON file.
    most: 10_000,
    async open() {
      const get = await installed(['vectra@0.15.0']);
      const vectra = await get('vectra');
      const folder = await mkdtemp(path.join(os.tmpdir(), 'memento-bench-'));
      return {
        load: (vectors) => vectraSearch(vectra, path.join(folder, String(vectors.count)), vectors),
        close: () => rm(folder, { recursive: true, force: true }),
      };
    },
  },
];

function sqliteSearch(db, sqliteVec, vectors) {
  sqliteVec.load(db);
  db.exec(`CREATE VIRTUAL TABLE rows USING vec0(vector float[${DIMENSIONS}] distance_metric=cosine)`);
  const insert = db.prepare('INSERT INTO rows (rowid, vector) VALUES (?, ?)');
  db.transaction(() => {
    for (let row = 0; row < vectors.count; row++) insert.run(BigInt(row), bytesOf(rowOf(vectors, row)));
  })();
  const select = db.prepare(`SELECT rowid FROM rows WHERE vector MATCH ? AND k = ${K} ORDER BY distance`);
  return (query) => select.all(bytesOf(query)).map(({ rowid }) => Number(rowid));
}

const bytesOf = (vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);

async function lanceSearch(lancedb, folder, vectors) {
  const db = await lancedb.connect(folder);
  const batch = (start) =>
    Array.from({ length: Math.min(1000, vectors.count - start) }, (_, i) => ({
      row: start + i,
      vector: Array.from(rowOf(vectors, start + i)),
    }));
  const table = await db.createTable(`rows${vectors.count}`, batch(0));
  for (let start = 1000; start < vectors.count; start += 1000) await table.add(batch(start));
  await table.optimize();
  return async (query) => {
    const found = await table
      .search(query)
      .distanceType('cosine')
      .select(['row', '_distance'])
      .limit(K)
      .toArray();
    return found.map(({ row }) => row);
  };
}

function usearchSearch(usearch, { matrix }) {
  return (query) => {
    const found = usearch.exactSearch(matrix, query, DIMENSIONS, K, usearch.MetricKind.Cos);
    return Array.from(found.keys, Number);
  };
}

async function oramaSearch(orama, vectors) {
  const db = orama.create({ schema: { vector: `vector[${DIMENSIONS}]` } });
  for (let row = 0; row < vectors.count; row++) {
    await orama.insert(db, { id: String(row), vector: Array.from(rowOf(vectors, row)) });
  }
  return async (query) => {
    const vector = { value: query, property: 'vector' };
    const { hits } = await orama.searchVector(db, { vector, similarity: -1, limit: K });
    return hits.map(({ id }) => Number(id));
  };
}

async function vectraSearch(vectra, folder, vectors) {
  const index = new vectra.LocalIndex(folder);
  await index.createIndex();
  await index.beginUpdate();
  for (let row = 0; row < vectors.count; row++) {
    await index.insertItem({ id: String(row), vector: Array.from(rowOf(vectors, row)), metadata: {} });
  }
  await index.endUpdate();
  return async (query) => {
    const found = await index.queryItems(Array.from(query), '', K);
    return found.map(({ item }) => Number(item.id));
  };
}
