/** Questions about examples/sample-workspace: what must be quoted from which file, and what the files do not say. */

export interface Answerable {
  readonly question: string;
  /** The file that a quotation must come from. */
  readonly file: string;
  /** Words that a quotation must contain. */
  readonly words: string;
  /** The short answer must contain this, where one is to stand out. */
  readonly short?: string;
}

const at = (question: string, file: string, words: string, short?: string): Answerable =>
  short === undefined ? { question, file, words } : { question, file, words, short };

export const ANSWERABLE: readonly Answerable[] = [
  at('When did the North Buoy break loose?', 'incident-2023-07.md', '22 July 2023', '22 July 2023'),
  at('Who found the drifting buoy?', 'incident-2023-07.md', 'Leif Sandoe', 'Leif Sandoe'),
  at('What caused the North Buoy to come loose?', 'incident-2023-07.md', 'rusted through'),
  at('How deep is the deepest point of the lake?', 'README.md', '41 m', '41 m'),
  at('Who is the station manager?', 'people.md', 'Station manager since May 2021'),
  at('When was the rope of the winch replaced?', 'instruments.md', '4 March 2023', '4 March 2023'),
  at('What is the serial number of the fluorometer?', 'instruments.md', 'VF2-088', 'VF2-088'),
  at(
    'How much water is filtered for chlorophyll under the 2023 protocol?',
    'protocols/sampling-2023.md',
    '750 ml',
    '750 ml',
  ),
  at(
    'At what temperature were filters stored according to the 2022 protocol?',
    'protocols/sampling-2022.md',
    '-18',
    '-18 °C',
  ),
  at('How thick was the ice at Reed Bay on 7 February 2023?', 'notes/2023-02.md', '34 cm', '34 cm'),
  at('What is the phone number of Fjellmark?', 'data/suppliers.csv', '555-0142', '555-0142'),
  at('How often must the fluorometer be calibrated?', 'instruments.md', 'every six weeks'),
  at('Who supervises Juno Halloran?', 'people.md', 'Ansel Okoro', 'Ansel Okoro'),
  at('When did the bloom reach its peak in 2023?', 'notes/2023-08.md', '48 µg/l'),
  at('Why was the sampling on 28 June called off?', 'notes/2023-06.md', '28 June'),
  at(
    'Who voted against the weekly visits to the Kettle?',
    'minutes/2023-09-20.md',
    'Ansel Okoro voted against',
    'Ansel Okoro',
  ),
  at('How much was spent on boat fuel in 2022?', 'data/budget-2022.csv', '1350', '1350'),
  at('How much was spent on boat fuel in 2023?', 'data/budget-2023.csv', '1420', '1420'),
  at('What is the thermocline?', 'glossary.md', 'falls most quickly'),
  at('Since when has Leif Sandoe fished on the lake?', 'interview-sandoe.txt', '1974', '1974'),
  at('Who wrote the book Oxygen Debt?', 'reading-list.md', 'Odile Hartmann'),
  at(
    'How large is the grant of the Halvorsen Foundation?',
    'minutes/2023-04-12.md',
    '48,000 euros',
    '48,000 euros',
  ),
  at('What is the minimum gradient in the thermocline script?', 'thermocline.py', 'MIN_GRADIENT = 1.0'),
  at(
    'What is the phone number of the supplier of the fluorometer?',
    'data/suppliers.csv',
    '555-0119',
    '555-0119',
  ),
  at(
    'In which town is the supplier of the multiparameter probe?',
    'data/suppliers.csv',
    'Hallmar',
    'Hallmar',
  ),
  at('At which wind speed must work stop?', 'protocols/sampling-2023.md', '9 m/s', '9 m/s'),
  at('Who stood in for Ines Tavares during her leave?', 'people.md', 'Piet Dorn', 'Piet Dorn'),
  at('When was the bathing beach closed to swimmers?', 'notes/2023-08.md', '9 August'),
  at('Who repaired the damaged buoy?', 'incident-2023-07.md', 'Fjellmark', 'Fjellmark'),
  at(
    'Which laboratory analyses the chlorophyll filters?',
    'protocols/sampling-2023.md',
    'Ravn Laboratory',
    'Ravn Laboratory',
  ),
];

/** Near misses: the same thing with another attribute, another thing with the same attribute, another year. */
export const UNANSWERABLE: readonly string[] = [
  'What is the salary of Mara Lindqvist?',
  'When was Ansel Okoro born?',
  'How much was spent on boat fuel in 2019?',
  'What is the phone number of Leif Sandoe?',
  'Who is the mayor of Penlow?',
  'What is the serial number of the Secchi disk?',
  'How many fish were caught in 2023?',
  'What is the name of the station dog?',
  'Who supplied the microscope?',
  'How deep is Lake Baikal?',
  'Which university awarded Piet Dorn his degree?',
  'What colour is the boathouse?',
  'How thick was the ice at the Kettle in January 2015?',
  'When was the Ravn Laboratory founded?',
  'Who designed the South Buoy?',
  'What did the solar panel cost?',
  'How many visitors came to the station in 2022?',
  'What is the capital of Portugal?',
  'What does the protocol say about zooplankton nets?',
  'Who won the football match in Brenholm?',
];
