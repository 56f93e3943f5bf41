/** What to open for a piece of evidence, told apart from opening it, so that it can be tested without an editor. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import type { Citation } from '../core/agent/events';
import { webAddress } from '../core/agent/sourceLink';
import { formatLocator, type Locator } from '../core/common/locator';
import type { Evidence } from '../core/tools/evidence';
import { isWebAddress } from '../core/tools/evidence';

export type SourceTarget =
  | { readonly kind: 'web'; readonly address: string }
  /** Lines of a text file, from 1. */
  | { readonly kind: 'lines'; readonly file: string; readonly start: number; readonly end: number }
  /** Cells of a notebook, from 1. */
  | { readonly kind: 'cells'; readonly file: string; readonly start: number; readonly end: number }
  /** A file that the editor may not show itself; `place` says where in it, `fragment` tells a viewer. */
  | { readonly kind: 'file'; readonly file: string; readonly place: string; readonly fragment: string }
  /** What the call wrote to disk. */
  | { readonly kind: 'output' }
  | { readonly kind: 'nothing'; readonly reason: string };

/** `mark` counts the marks of this evidence from 0: its own place, where it was found. */
export function targetOf(
  evidence: Evidence,
  citation: Citation | undefined,
  mark: number | undefined,
): SourceTarget {
  const checked = mark === undefined ? undefined : citation?.marks?.[mark];
  const locator = checked?.locator ?? evidence.locator;
  const { source, text } = evidence;
  if (isWebAddress(source)) {
    const address = webAddress(source, locator, { passage: checked?.passage ?? '', context: text });
    return address === undefined
      ? { kind: 'nothing', reason: l10n.t('{0} is no web address.', source) }
      : { kind: 'web', address };
  }
  return ofFile(source, locator);
}

function ofFile(file: string, locator: Locator): SourceTarget {
  switch (locator.kind) {
    case 'lines':
      return { kind: 'lines', file, start: locator.start, end: locator.end };
    case 'cells':
      return /\.ipynb$/i.test(file)
        ? { kind: 'cells', file, start: locator.start, end: locator.end }
        : withPlace(file, locator);
    case 'output':
      return { kind: 'output' };
    case 'pages':
    case 'slides':
    case 'range':
    case 'section':
    case 'time':
    case 'entry':
    case 'whole':
      return withPlace(file, locator);
  }
}

/** RFC 8118 for PDF; other formats have no fragment that viewers agree on. */
const withPlace = (file: string, locator: Locator): SourceTarget => ({
  kind: 'file',
  file,
  place: formatLocator(locator),
  fragment: locator.kind === 'pages' ? `page=${locator.start}` : '',
});

const MANIFEST = z.object({
  contributes: z.object({
    customEditors: z.array(z.object({ selector: z.array(z.object({ filenamePattern: z.string() })) })),
  }),
});

/** True where an extension with that manifest shows files of this ending: `*.pdf` and the like. */
export function shows(manifest: unknown, file: string): boolean {
  const parsed = MANIFEST.safeParse(manifest);
  if (!parsed.success) return false;
  const ending = path.extname(file).toLowerCase();
  const patterns = parsed.data.contributes.customEditors.flatMap(({ selector }) => selector);
  return (
    ending !== '' && patterns.some(({ filenamePattern }) => patternHas(filenamePattern.toLowerCase(), ending))
  );
}

/** `*.pdf`, `*.{png,pdf}` */
function patternHas(pattern: string, ending: string): boolean {
  const listed = /\.\{([^}]*)\}$/.exec(pattern)?.[1]?.split(',') ?? [];
  return pattern.endsWith(`*${ending}`) || listed.some((each) => `.${each.trim()}` === ending);
}
