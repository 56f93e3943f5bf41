/** A PDF's bookmarks, with the page that each leads to. */
import type { PDFDocumentProxy } from 'unpdf/pdfjs';

export interface Bookmark {
  /** From 1. */
  readonly level: number;
  readonly title: string;
  /** From 1. */
  readonly page: number;
}

type OutlineNode = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number];

const MOST = 2_000;
const DEEPEST = 6;

/** In document order; bookmarks that lead nowhere in the document are left out. */
export async function bookmarksOf(pdf: PDFDocumentProxy): Promise<Bookmark[]> {
  const found: Bookmark[] = [];
  const visit = async (nodes: readonly OutlineNode[], level: number): Promise<void> => {
    for (const node of nodes) {
      if (found.length >= MOST) return;
      const page = await pageOf(pdf, node.dest);
      const title = node.title.replace(/\s+/g, ' ').trim();
      if (page !== undefined && title !== '') found.push({ level, title, page });
      // Some writers link bookmarks in a circle.
      if (level < DEEPEST) await visit(node.items as readonly OutlineNode[], level + 1);
    }
  };
  // An outline that is broken is none.
  const outline = await pdf.getOutline().catch(() => null);
  await visit((outline ?? []), 1);
  return found;
}

async function pageOf(pdf: PDFDocumentProxy, destination: OutlineNode['dest']): Promise<number | undefined> {
  try {
    const explicit: unknown =
      typeof destination === 'string' ? await pdf.getDestination(destination) : destination;
    const target: unknown = Array.isArray(explicit) ? explicit[0] : undefined;
    if (typeof target === 'number') return target + 1;
    if (typeof target !== 'object' || target === null || !('num' in target) || !('gen' in target))
      return undefined;
    const { num, gen } = target;
    return typeof num === 'number' && typeof gen === 'number'
      ? (await pdf.getPageIndex({ num, gen })) + 1
      : undefined;
  } catch {
    return undefined;
  }
}

/** The bookmarks above a page: the path of the last one that begins on it or before it. */
export function headingsOf(bookmarks: readonly Bookmark[], page: number): readonly string[] {
  const path: Bookmark[] = [];
  for (const bookmark of bookmarks) {
    if (bookmark.page > page) break;
    while ((path.at(-1)?.level ?? 0) >= bookmark.level) path.pop();
    path.push(bookmark);
  }
  return path.map(({ title }) => title);
}
