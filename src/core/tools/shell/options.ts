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
  /** Letters with a value stand alone, as programs that read their arguments in their own way take `-Lo 2 F` for `-L 2 -o F`. */
  readonly apart?: boolean;
}

export interface ParsedArguments {
  readonly operands: readonly string[];
  /** Letter or name without dashes → its values, in order; of one without a value the empty text. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  /**
   * What follows the first operand, where options do: by POSIX and on BSD they are operands too (XBD 12.2, guideline 9).
   */
  readonly late: readonly string[];
}

/** A value that is an option, if the program does not take one there: `git log -U --output=F` writes. */
const isDoubtful = (value: string) => /^-\D/.test(value);

/** @returns the first option that the rule does not know, as a text, where there is one */
export function parseOptions(args: readonly string[], rule: OptionRule): ParsedArguments | string {
  const operands: string[] = [];
  const options = new Map<string, string[]>();
  let late: readonly string[] = [];
  let afterOperand: readonly string[] | undefined;
  const note = (name: string, value: string) => options.set(name, [...(options.get(name) ?? []), value]);
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] ?? '';
    if (argument === '--') {
      operands.push(...args.slice(i + 1));
      break;
    }
    if (argument === '-' || !argument.startsWith('-')) {
      operands.push(argument);
      afterOperand ??= args.slice(i + 1);
      continue;
    }
    late = afterOperand ?? [];
    const found = option(argument, rule);
    if (typeof found === 'string') return found;
    for (const letter of found.flags) note(letter, '');
    if (found.name === undefined) continue;
    const value = found.value ?? args[++i];
    if (value === undefined || (found.value === undefined && isDoubtful(value))) return argument;
    note(found.name, value);
  }
  return { operands, options, late };
}

/** What one argument says; where it has a `name` but no `value`, the value is the next argument. */
interface Option {
  readonly flags: readonly string[];
  readonly name?: string;
  readonly value?: string;
}

function option(argument: string, rule: OptionRule): Option | string {
  if (rule.digits && /^-\d+$/.test(argument)) return { flags: [] };
  return argument.startsWith('--') ? longOption(argument, rule) : letters(argument, rule);
}

function longOption(argument: string, rule: OptionRule): Option | string {
  const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/.exec(argument) ?? [];
  const [needsValue, mayHaveValue] = [rule.longValued?.includes(name), rule.longOptional?.includes(name)];
  if (value !== undefined) return needsValue || mayHaveValue ? { flags: [], name, value } : argument;
  if (needsValue) return { flags: [], name };
  return mayHaveValue || rule.long?.includes(name) ? { flags: [name] } : argument;
}

function letters(argument: string, { flags = '', valued = '', apart = false }: OptionRule): Option | string {
  const seen: string[] = [];
  for (let at = 1; at < argument.length; at++) {
    const letter = argument.charAt(at);
    if (flags.includes(letter)) {
      seen.push(letter);
      continue;
    }
    const value = argument.slice(at + 1);
    if (!valued.includes(letter) || (apart && value !== '')) return `-${letter}`;
    return value === '' ? { flags: seen, name: letter } : { flags: seen, name: letter, value };
  }
  return { flags: seen };
}
