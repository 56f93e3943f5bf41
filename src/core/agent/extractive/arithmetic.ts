/** Arithmetic in a question: `What is 12% of 340?`, `(3+4)*2`, `calculate the square root of 2`. */

const LEADING =
  /^\s*(?:please\s+)?(?:what(?:'s|’s| is| are)|how much is|calculate|compute|convert|evaluate|work out|wie viel ist|was ist|combien font)\s+/i;
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bthe\b/gi, ' '],
  [/\bdivided by\b/gi, '/'],
  [/\bmultiplied by\b|\btimes\b|×/gi, '*'],
  [/÷/g, '/'],
  [/\bplus\b/gi, '+'],
  [/\bminus\b|−/gi, '-'],
  [/\bto the power of\b/gi, '^'],
  [/\bsquared\b/gi, '^2'],
  [/\bcubed\b/gi, '^3'],
  [/(\d+(?:\.\d+)?)\s*(?:%|percent|per cent)\s*(?:of|von)\s*/gi, '$1/100 * '],
  [/\bsquare root of\s*(\d+(?:\.\d+)?|\([^()]*\))/gi, 'sqrt($1)'],
  [/\bsum of\s+([\d.,\s]+?)\s+and\s+([\d.]+)\s*$/gi, 'sum($1, $2)'],
  [/\b(?:average|mean) of\s+([\d.,\s]+?)\s+and\s+([\d.]+)\s*$/gi, 'mean($1, $2)'],
];
const UNIT =
  'mm|cm|m|km|inch|inches|ft|feet|miles?|mg|g|kg|lb|lbs|ml|l|s|min|hours?|h|days?|weeks?|celsius|fahrenheit';
const PURE = new RegExp(
  `^(?=.*\\d)(?:[\\d.,\\s()+*/^%!-]|\\b(?:sqrt|sum|mean|log10|log|ln|exp|sin|cos|tan|abs|min|max|round|pi|e|mod|to|in|${UNIT})\\b)+$`,
  'i',
);

/** The expression for the `calculate` tool; undefined where the question is not purely arithmetic. */
export function arithmeticIn(question: string): string | undefined {
  let text = question.replace(LEADING, '').replace(/[?=.!\s]+$/u, '');
  for (const [pattern, replacement] of WORDS) text = text.replace(pattern, replacement);
  text = text
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  const calculates = /[+*/^%!]|\d\s*-\s*\(?\d|sqrt|sum\(|mean\(|\d\s*\p{L}+\s+(?:to|in)\s+\p{L}/iu.test(text);
  // A bare date is no subtraction.
  if (/^\d{4}-\d{1,2}(?:-\d{1,2})?$/.test(text)) return undefined;
  return calculates && PURE.test(text) ? text : undefined;
}
