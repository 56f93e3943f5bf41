/** The experiment's result in a sentence, and what to beware of. */
import { counted, percent, points, pointsBetween } from '../../common/figures';
import { FEWEST_PER_ARM } from './confidenceSequence';
import type { Arm, Arms, Experiment } from './experiment';
import { newcombe } from './intervals';

const NOT_YET = 'Not measured yet:';

/** @param withCoin runs that had a chance to be a control */
export function experimentWords(
  found: Omit<Experiment, 'words' | 'warning'>,
  runs: number,
  withCoin: number,
): string {
  const { status, controls, others } = found;
  switch (status) {
    case 'off':
      return runs === 0
        ? `${NOT_YET} no run is recorded.`
        : `${NOT_YET} controls are off, so no run was left without cases by chance. Set memento.memory.controlRate above 0 to measure.`;
    case 'ineligible':
      return `${NOT_YET} for none of the ${counted(withCoin, 'run')} since controls are on was there a case to show.`;
    case 'unjudged':
      return `${NOT_YET} ${unjudgedWords(found)}`;
    case 'few':
      return `${NOT_YET} ${counted(controls.judged, 'control')} and ${counted(others.judged, 'other run')} are judged, too few to say; at least ${FEWEST_PER_ARM} of each are needed.`;
    case 'open':
    case 'helps':
    case 'harms':
      return measuredWords(found);
  }
}

function unjudgedWords({ controls, others, pending }: Omit<Experiment, 'words' | 'warning'>): string {
  const judged = controls.judged + others.judged;
  const runs = controls.runs + others.runs + pending;
  if (judged === 0) return `none of the ${counted(runs, 'run')} of the experiment is judged.`;
  const missing = controls.judged === 0 ? 'no control' : 'no run that was shown cases';
  return `${missing} is judged, ${judged} of the other kind ${judged === 1 ? 'is' : 'are'}.`;
}

function measuredWords({
  status,
  controls,
  others,
  difference,
  anytime,
  needed,
}: Omit<Experiment, 'words' | 'warning'>) {
  const shares = `with cases ${accepted(others)} were accepted, without ${accepted(controls)}`;
  const effect = `${points((difference ?? anytime)?.value ?? 0)} points`;
  const range = anytime ? pointsBetween(anytime) : '';
  if (status === 'helps') return `Memory helps: ${shares}, ${effect} (${range}).`;
  if (status === 'harms') return `Memory harms: ${shares}, ${effect} (${range}).`;
  const enough = needed !== null && controls.judged >= needed.controls;
  const open = enough ? 'No effect can be told' : 'Not measured yet';
  const left = enough || needed === null ? '' : ` ${neededWords(controls, needed.controls)}`;
  return `${open}: ${shares}, ${effect}, which can be chance (${range}).${left}`;
}

const neededWords = (controls: Arm, needed: number) =>
  `${controls.judged} of about ${counted(needed, 'control')} needed are judged.`;

const accepted = ({ shareAccepted, judged }: Arm) =>
  `${percent(shareAccepted ?? 0)} of ${counted(judged, 'judged run')}`;

/** A difference between the shares judged that matters, whatever the counts. */
const NOTICEABLE = 0.1;

/** Judging the bad answers of one arm more often makes a difference where there is none, of up to 17 points. */
export function judgedSharesWarning({ controls, others }: Arms): string | null {
  const [a, b] = [controls.shareJudged, others.shareJudged];
  if (a === null || b === null || Math.min(controls.runs, others.runs) < FEWEST_PER_ARM) return null;
  const gap = newcombe(judgedOf(others), judgedOf(controls));
  const beyondChance = gap !== undefined && (gap.low > 0 || gap.high < 0);
  if (!beyondChance && Math.abs(a - b) < NOTICEABLE) return null;
  return `${percent(a)} of the controls are judged and ${percent(b)} of the others: where bad answers are judged more often in one arm, the difference misleads. Judge every answer.`;
}

const judgedOf = ({ runs, judged }: Arm) => ({ judged: runs, accepted: judged });
