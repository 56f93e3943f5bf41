/** Made-up questions for whose kind memory helps, and what a scripted model says to them. */
const RIVERS = 'Orla Ende Saal Ruhn Isk Tamm Werr Nahl Lenn Oster Fuld Elz'.split(' ');
const THINGS = ['otters', 'granite', 'violins', 'tariffs', 'comets', 'yeast', 'harbours', 'glaciers'];

export interface LedgerQuestion {
  readonly id: string;
  readonly question: string;
  readonly ground_truth: string;
}

/** Twelve for each of `perRiver`, which differ in what is listed. */
export const ledgerQuestions = (perRiver = 1): readonly LedgerQuestion[] =>
  RIVERS.flatMap((river, r) =>
    Array.from({ length: perRiver }, (_, n) => ({
      id: `q${perRiver * r + n}`,
      question: `Which ledger of the river ${river} lists ${THINGS[(3 * r + 5 * n) % THINGS.length] ?? ''}?`,
      ground_truth: `ledger ${river}<|answer_split|>the ${river} ledger`,
    })),
  );

/** It knows a third of the rivers without memory, and all of them with an accepted case before its eyes. */
export function ledgerAnswer(prompt: string): string {
  const asked = prompt.split('Past cases')[0] ?? '';
  const river = /river (\w+) lists/.exec(asked)?.[1] ?? '';
  const knows = prompt.includes('judged="accepted"') || RIVERS.indexOf(river) % 3 === 0;
  const shortAnswer = knows ? `ledger ${river}` : 'not known';
  return JSON.stringify({ answer: `It is ${shortAnswer}.`, shortAnswer });
}
