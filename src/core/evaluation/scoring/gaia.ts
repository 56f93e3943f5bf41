/**
 * The scorer of the GAIA benchmark (Mialon et al. 2023; scorer.py of its leaderboard): numbers by value, lists element by
 * element, other texts without white space, case and punctuation.
 */

/** 1 or 0; the best of the right answers. */
export function gaiaScore(answer: string, right: readonly string[]): number {
  return right.some((each) => matches(answer, each)) ? 1 : 0;
}

function matches(answer: string, right: string): boolean {
  const number = pythonFloat(right);
  if (number !== undefined) return numberOf(answer) === number;
  if (!/[,;]/.test(right)) return bare(answer) === bare(right);
  const [given, wanted] = [answer.split(/[,;]/), right.split(/[,;]/)];
  return (
    given.length === wanted.length &&
    wanted.every((element, i) => {
      const value = pythonFloat(element);
      const own = given[i] ?? '';
      return value === undefined ? closeUp(own) === closeUp(element) : numberOf(own) === value;
    })
  );
}

/** What is no number equals none, the scorer's infinity. */
const numberOf = (text: string): number => pythonFloat(text.replace(/[$%,]/g, '')) ?? Infinity;

const closeUp = (text: string): string => text.replace(/\s/gu, '').toLowerCase();
const bare = (text: string): string => closeUp(text).replace(/[!-/:-@[-`{-~]/g, '');

const PYTHON_FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;

/** The value that Python's `float()` reads, undefined where it raises. */
function pythonFloat(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^[+-]?inf(?:inity)?$/i.test(trimmed)) return trimmed.startsWith('-') ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(trimmed)) return NaN;
  return PYTHON_FLOAT.test(trimmed) ? Number(trimmed.replace(/_/g, '')) : undefined;
}
