/** The options and operands of a program's arguments, where each option is one that its rule knows. */

export interface OptionRule {
  /** Letters of options without a value: `-la`. */
  readonly flags?: string;
  /** Letters of options with a value: `-n 10`, `-n10`. */
  readonly valued?: string;
  /** Whole names of long options without a value; no abbreviations, of which a newer version may know more. */
  readonly long?: readonly string[];
  /** Long options with a value: `--lines=10`, `--lines 10`. */
  readonly longValued?: readonly string[];
  /** Long options that have a value only after `=`. */
  readonly longOptional?: readonly string[];
  /** `-10` is a number of lines. */
  readonly digits?: boolean;
}

export interface ParsedArguments {
  readonly operands: readonly string[];
  /** Letter or name without dashes → its values, in order; of one without a value the empty text. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** @returns the first option that the rule does not know, as a text, where there is one */
export function parseOptions(args: readonly string[], rule: OptionRule): ParsedArguments | string {
  const operands: string[] = [];
  const options = new Map<string, string[]>();
  const note = (name: string, value: string) => options.set(name, [...(options.get(name) ?? []), value]);
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] ?? '';
    if (argument === '--') {
      operands.push(...args.slice(i + 1));
      break;
    }
    if (argument === '-' || !argument.startsWith('-')) {
      operands.push(argument);
      continue;
    }
    if (argument.startsWith('--')) {
      const name = /^--([^=]+)/.exec(argument)?.[1] ?? '';
      const value = argument.includes('=') ? argument.slice(argument.indexOf('=') + 1) : undefined;
      if (value === undefined && rule.longValued?.includes(name)) {
        const next = args[++i];
        if (next === undefined) return argument;
        note(name, next);
      } else if (value === undefined) {
        if (!rule.long?.includes(name) && !rule.longOptional?.includes(name)) return argument;
        note(name, '');
      } else {
        if (!rule.longValued?.includes(name) && !rule.longOptional?.includes(name)) return argument;
        note(name, value);
      }
      continue;
    }
    if (rule.digits && /^-\d+$/.test(argument)) {
      note('digits', argument.slice(1));
      continue;
    }
    for (let at = 1; at < argument.length; at++) {
      const letter = argument[at] ?? '';
      if (rule.flags?.includes(letter)) {
        note(letter, '');
        continue;
      }
      if (!rule.valued?.includes(letter)) return `-${letter}`;
      const attached = argument.slice(at + 1);
      const value = attached === '' ? args[++i] : attached;
      if (value === undefined) return `-${letter}`;
      note(letter, value);
      break;
    }
  }
  return { operands, options };
}
