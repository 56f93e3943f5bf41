/** Whether the differences between a claim and a passage that it is aligned with leave it said. */
import type { Pair } from './alignment';
import { completesName, isAcronym, isAntecedent, namesTheSource } from './antecedent';
import { type Context, type Gap, gapsOf, isContent, type Judgement, withoutMoved } from './gaps';
import { judgeHead, judgeInside, judgeTail } from './omission';
import { areOpposite } from './opposites';
import type { Token } from './tokens';

export function judge(
  claim: readonly Token[],
  source: readonly Token[],
  pairs: readonly Pair[],
  context: Context,
): Judgement {
  const content = claim.filter(isContent).length;
  const said = pairs.filter(([i]) => isContent(claim[i])).length;
  if (said === 0 || isMereName(claim)) return 'other';
  const faults = withoutMoved(gapsOf(claim, source, pairs), context)
    .map((gap) => judgeGap(gap, context))
    .filter((each) => each !== 'said');
  if (faults.length === 0) return leavesClause(source, pairs, context) ? 'other' : 'said';
  const near = said * 2 >= content;
  return near && faults.length === 1 && faults[0] === 'turned' ? 'turned' : 'other';
}

/** One name or number says nothing that could be checked. */
function isMereName(claim: readonly Token[]): boolean {
  const [only, ...more] = claim.filter(({ weight }) => weight !== 'loose');
  return only !== undefined && more.length === 0 && (only.name || only.quantity !== undefined);
}

/**
 * `Ben was a doctor` of `Anna, who met Ben in Oslo, was a doctor`: what begins inside a clause that commas enclose does
 * not go on behind it.
 */
function leavesClause(source: readonly Token[], pairs: readonly Pair[], { lexicon }: Context): boolean {
  const [start, end] = [pairs[0]?.[1] ?? 0, pairs.at(-1)?.[1] ?? 0];
  const opening = source.slice(0, start + 1).findLastIndex(({ parted, first }) => parted || first);
  const opener = source[opening];
  if (opening === start || !opener || opener.first) return false;
  const encloses = lexicon.relatives.has(opener.word) || /(?:ed|ing)$/.test(opener.word);
  return encloses && source.slice(start + 1, end + 1).some(({ parted }) => parted);
}

function judgeGap(gap: Gap, context: Context): Judgement {
  if (differInTense(gap, context)) return 'other';
  const added = gap.claim.filter(({ weight }) => weight !== 'loose');
  if (added.length > 0) return judgeAdded(added, gap, context);
  if (gap.previous === undefined) return judgeHead(gap, context);
  return gap.next === undefined ? judgeTail(gap, context) : judgeInside(gap, context);
}

/** He is the mayor, he was the mayor. */
function differInTense({ claim, source }: Gap, { lexicon: { present, past } }: Context): boolean {
  const has = (tokens: readonly Token[], verbs: ReadonlySet<string>) =>
    tokens.some(({ word }) => verbs.has(word));
  return (has(claim, present) && has(source, past)) || (has(claim, past) && has(source, present));
}

function judgeAdded(added: readonly Token[], gap: Gap, context: Context): Judgement {
  if (namesTheSource(added, gap, context) || isAntecedent(gap, context) || completesName(gap, context))
    return 'said';
  const { negators } = context.lexicon;
  const left = gap.source.filter(({ weight }) => weight !== 'loose');
  if (isAcronym(added, left)) return 'said';
  // A claim that says less exactly than its source is still true.
  if (added.every(({ word }) => word === 'about' || word === 'approximately' || word === 'roughly')) {
    return judgeGap({ ...gap, claim: [] }, context);
  }
  const denied = added.some(({ word }) => negators.has(word)) !== left.some(({ word }) => negators.has(word));
  if (denied && added.every(({ word }) => negators.has(word))) return 'turned';
  if (added.length <= 4 && left.length <= 6 && turns(added, left)) return 'turned';
  return 'other';
}

/** A number for another one, a name for another one, a word for its opposite: in the same place. */
function turns(added: readonly Token[], left: readonly Token[]): boolean {
  const measured = (token: Token) => token.quantity !== undefined || token.date !== undefined;
  if (added.some(measured))
    return added.every((token) => measured(token) || token.weight === 'strict') && left.some(measured);
  if (added.some((a) => left.some((b) => areOpposite(a.word, b.word)))) return added.length === 1;
  return added.every(({ name }) => name) && left.length > 0 && left.every(({ name }) => name);
}
