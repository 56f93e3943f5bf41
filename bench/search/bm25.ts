/** Plain BM25 (Robertson & Zaragoza 2009, with Lucene's idf): words in lower case, neither stems nor stop words. */

const K = 1.2;
const B = 0.75;

/** The numbers of the best documents for a query, best first. */
export type Search = (query: string, limit: number) => number[];

export function bm25(texts: readonly string[]): Search {
  const documents = texts.map((text) => counted(wordsOf(text)));
  const lengths = documents.map((counts) => [...counts.values()].reduce((sum, n) => sum + n, 0));
  const meanLength = lengths.reduce((sum, n) => sum + n, 0) / Math.max(1, lengths.length);
  const having = new Map<string, number>();
  for (const counts of documents)
    for (const word of counts.keys()) having.set(word, (having.get(word) ?? 0) + 1);

  const score = (counts: ReadonlyMap<string, number>, length: number, query: readonly string[]) =>
    query.reduce((sum, word) => {
      const count = counts.get(word) ?? 0;
      const n = having.get(word) ?? 0;
      const rarity = Math.log(1 + (documents.length - n + 0.5) / (n + 0.5));
      return sum + (rarity * count * (K + 1)) / (count + K * (1 - B + (B * length) / meanLength));
    }, 0);
  return (query, limit) => {
    const asked = wordsOf(query);
    return documents
      .map((counts, i) => ({ i, score: score(counts, lengths[i] ?? 0, asked) }))
      .sort((a, b) => b.score - a.score || a.i - b.i)
      .slice(0, limit)
      .map(({ i }) => i);
  };
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
