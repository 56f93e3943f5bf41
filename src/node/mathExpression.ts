import { all, create } from 'mathjs';

/**
 * Functions that reach the parser or change the instance: switched off, as math.js advises for untrusted expressions
 * (https://mathjs.org/docs/expressions/security.html).
 */
const SWITCHED_OFF = [
  'import',
  'createUnit',
  'evaluate',
  'parse',
  'compile',
  'simplify',
  'derivative',
  'resolve',
  'reviver',
];

const calculator = lockedDown();

/** The value as text, to 14 significant digits. Throws what is wrong with the expression. */
export function evaluateExpression(expression: string): string {
  const value = calculator.evaluate(expression);
  // Of several lines; it would print its values itself, each digit of them and the source of functions.
  if (calculator.isResultSet(value)) return `[${value.valueOf().map(textOf).join(', ')}]`;
  return textOf(value);
}

const textOf = (value: unknown): string => calculator.format(value, { precision: 14 });

function lockedDown() {
  const math = create(all ?? {});
  // Taken before `evaluate` is switched off for expressions.
  const evaluate: (expression: string) => unknown = math.evaluate.bind(math);
  const format = math.format.bind(math);
  const refuse = (name: string) => () => {
    throw new Error(`The function ${name} is switched off.`);
  };
  math.import(Object.fromEntries(SWITCHED_OFF.map((name) => [name, refuse(name)])), { override: true });
  return { evaluate, format, isResultSet: math.isResultSet.bind(math) };
}
