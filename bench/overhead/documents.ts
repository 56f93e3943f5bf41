/** Files for a run to read: English in form, so that a token has as many characters as usual; all made, none taken. */
import { SeededRandom } from '../../src/core/memory/policy/random';

const SUBJECTS =
  'buoy logger winch probe station sampler pump cable sensor mooring anchor log chart boat'.split(' ');
const VERBS = 'measured recorded lost reached replaced showed confirmed delayed carried reported'.split(' ');
const OBJECTS =
  'the temperature near the outlet|a reading of the lower basin|the chain at the second station|its battery in ' +
  'early spring|the calibration of the fluorometer|an oxygen minimum below the thermocline|the rope of the boat';
const ENDINGS =
  'before the storm|after the repair was done|as the steering group had decided|while nobody was at the lake|for the ' +
  'third time in that year|although the protocol forbids it';

/** Path -> text; each file a title and lines of a sentence each, at least `characters` of them. */
export function documents(count: number, characters: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [documentPath(n), documentText(n, characters)]),
  );
}

export const documentPath = (n: number): string => `reports/report-${n + 1}.md`;

function documentText(n: number, characters: number): string {
  const random = new SeededRandom(n + 1);
  const one = (words: readonly string[]) => words[random.integer(words.length)] ?? '';
  const lines = [`# Report ${n + 1} of the field station`, ''];
  for (let length = 0; length < characters;) {
    const day = 1 + random.integer(28);
    const line =
      `On day ${day} of report ${n + 1} the ${one(SUBJECTS)} ${one(VERBS)} ${one(OBJECTS.split('|'))} ` +
      `${one(ENDINGS.split('|'))}, ${(random.next() * 90).toFixed(1)} in all.`;
    lines.push(line);
    length += line.length + 1;
  }
  return `${lines.join('\n')}\n`;
}
