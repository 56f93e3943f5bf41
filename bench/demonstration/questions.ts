/** Questions that a researcher could ask in a year, of kinds that come again and again. */
import type { SeededRandom } from '../../src/core/memory/policy/random';

interface Kind {
  readonly question: (subject: string, time: string) => string;
  readonly subjects: readonly string[];
  readonly plan: readonly string[];
}

const TIMES = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

export const KINDS: readonly Kind[] = [
  {
    question: (subject, time) => `How much chlorophyll was measured at ${subject} in ${time}?`,
    subjects: ['the North Buoy', 'the Kettle', 'Reed Bay'],
    plan: ['Read the laboratory table of the month', 'Take the mean of the samples'],
  },
  {
    question: (subject, time) => `What did the steering group decide about ${subject} in ${time}?`,
    subjects: ['the sampling interval', 'the budget', 'the moorings', 'publishing the data'],
    plan: ['Read the minutes of the month', 'Check whether a later meeting reversed it'],
  },
  {
    question: (subject, time) => `How much did ${subject} cost until ${time}, against what was planned?`,
    subjects: ['boat fuel', 'calibration dye', 'the laboratory', 'rope'],
    plan: ['Read the budget of the year', 'Subtract what was planned from what was spent'],
  },
  {
    question: (subject, time) => `Who looked after ${subject} in ${time}?`,
    subjects: ['the winch', 'the loggers', 'the boat', 'the data files'],
    plan: ['Read the list of people', 'Look for leave in the notes of the month'],
  },
  {
    question: (subject, time) => `Why was ${subject} called off in ${time}?`,
    subjects: ['sampling', 'the winter survey', 'diving', 'the open day'],
    plan: ['Read the field notes of the month', 'Compare the wind with the limit of the protocol'],
  },
  {
    question: (subject, time) =>
      `Which version of the ${subject} protocol held in ${time}, and what did it change?`,
    subjects: ['sampling', 'filtering', 'storage', 'safety'],
    plan: ['Find the protocols and their dates', 'Compare the one in force with the one before'],
  },
  {
    question: (subject, time) => `When was ${subject} last calibrated before ${time}?`,
    subjects: ['the fluorometer', 'the oxygen sensor', 'the thermistor chain'],
    plan: ['Read the list of instruments', 'Search the notes for the calibration'],
  },
  {
    question: (subject, time) => `How far did ${subject} fall below its mean in ${time}?`,
    subjects: ['the oxygen at the bottom', 'the water level', 'the Secchi depth'],
    plan: ['Read the table of the station', 'Subtract the mean of all years'],
  },
];

/** A question of the kind. */
export function someQuestion(kind: Kind, random: SeededRandom): string {
  const of = (words: readonly string[]) => words[random.integer(words.length)] ?? '';
  return kind.question(of(kind.subjects), `${of(TIMES)} ${2015 + random.integer(10)}`);
}
