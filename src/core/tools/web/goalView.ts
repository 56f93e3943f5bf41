/** The passages of a page that bear on a goal, with what a model makes of them where there is one. */
import type { ChatModel, Encoder } from '../../ports';
import type { Evidence } from '../evidence';
import type { ToolContext, ToolResult } from '../tool';
import type { ToolModels } from '../toolModels';
import { extract } from './extract';
import {
  evidenceText,
  outlineText,
  type ReadPage,
  SHOWN,
  sourceLines,
  titleOf,
  titleWithin,
} from './pageView';
import { type PagePassage, passagesOf, rankPassages } from './passageRank';

/** Passages that are shown as they were found. */
const MOST_PASSAGES = 8;
/** What a model reads is not shown, so that it may be more. */
const MOST_READ = 20;
const READ_CHARACTERS = 24_000;

export interface GoalParts {
  readonly encoder?: Encoder | undefined;
  /** Writes what a page says on a goal, where a model is set up. */
  readonly models?: Pick<ToolModels, 'text'>;
}

export async function passagesForGoal(
  read: ReadPage,
  goal: string,
  { encoder, models }: GoalParts,
  context: ToolContext,
): Promise<ToolResult> {
  const all = passagesOf(read.content.parts);
  const ranked = await rankPassages(all, goal, encoder, context.signal);
  if (ranked.length === 0) {
    return {
      ok: true,
      content: [
        ...sourceLines(read),
        '',
        `No passage of the page bears on: ${goal}. Its outline:`,
        outlineText(read.content),
        '(A goal in other words, “sections 1-3” or a heading of the outline shows more.)',
      ].join('\n'),
      preview: `${titleOf(read)}: nothing on this`,
      evidence: [],
    };
  }
  const { passages, said } = await chosen(read, all, ranked, goal, models, context.signal);
  const evidence: Evidence[] = [];
  const texts: string[] = [];
  for (const { text, title, locator } of passages) {
    const { page } = read;
    const draft = { source: page.url.href, title: titleWithin(read, title), locator, text };
    const found = await context.cite({ ...draft, readAt: page.retrievedAt });
    evidence.push(found);
    texts.push(evidenceText(found, title));
  }
  const places = new Set(passages.map(({ part }) => part + 1));
  return {
    ok: true,
    content: [
      ...sourceLines(read),
      '',
      ...said,
      texts.join('\n\n'),
      '',
      `(${passages.length} of ${all.length} passages, from section ${[...places].join(', ')} of ${read.content.parts.length}. The goal “sections ${passages[0] === undefined ? 1 : passages[0].part + 1}” shows a section whole; no goal shows the outline.)`,
    ].join('\n'),
    preview: `${passages.length} ${passages.length === 1 ? 'passage' : 'passages'} of ${titleOf(read)}`,
    evidence,
  };
}

/** In the order of the page; what a model says of them comes before. */
async function chosen(
  { page }: ReadPage,
  all: readonly PagePassage[],
  ranked: readonly PagePassage[],
  goal: string,
  models: GoalParts['models'],
  signal: AbortSignal,
): Promise<{ readonly passages: readonly PagePassage[]; readonly said: readonly string[] }> {
  const inOrder = (some: readonly PagePassage[]) => all.filter((passage) => some.includes(passage));
  const found = inOrder(within(ranked, MOST_PASSAGES, SHOWN));
  const model = await models?.text(signal);
  // Whoever is set up wrongly is told so where the run asks its models.
  if (!model?.ok || model.value === undefined) return { passages: found, said: [] };
  const toRead = inOrder(within(ranked, MOST_READ, READ_CHARACTERS));
  return extracted(model.value, goal, page.url.href, toRead, found, signal);
}

async function extracted(
  model: ChatModel,
  goal: string,
  source: string,
  passages: readonly PagePassage[],
  found: readonly PagePassage[],
  signal: AbortSignal,
): Promise<{ readonly passages: readonly PagePassage[]; readonly said: readonly string[] }> {
  const extraction = await extract(model, goal, source, passages, signal);
  if (!extraction.ok) {
    const why = extraction.fault.message.replace(/\.$/, '');
    return {
      passages: found,
      said: [`(No summary by ${model.id}: ${why}. The passages as they were found:)`, ''],
    };
  }
  const { summary, rationale, supported, invented } = extraction.value;
  const dropped =
    invented === 0
      ? []
      : [
          `(${invented} of its quotes ${invented === 1 ? 'does' : 'do'} not stand on the page and ${invented === 1 ? 'was' : 'were'} dropped.)`,
        ];
  if (supported.length === 0) {
    const verdict = invented === 0 ? `${model.id} found nothing on this in them: ${summary}` : '';
    return {
      passages: found,
      said: [...(verdict === '' ? [] : [verdict]), ...dropped, '(The passages as they were found:)', ''],
    };
  }
  return {
    passages: within(supported, MOST_READ, SHOWN),
    said: [
      `Summary by ${model.id}, to be checked against the passages below: ${summary}`,
      `Why: ${rationale}`,
      ...dropped,
      '',
    ],
  };
}

/** The first of them that fit, one at least. */
function within(passages: readonly PagePassage[], most: number, characters: number): PagePassage[] {
  const taken: PagePassage[] = [];
  let room = characters;
  for (const passage of passages) {
    if (taken.length >= most) break;
    if (taken.length > 0 && passage.text.length > room) continue;
    taken.push(passage);
    room -= passage.text.length;
  }
  return taken;
}
