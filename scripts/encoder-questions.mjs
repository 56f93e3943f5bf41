/**
 * Questions of all the kinds that people ask of a research assistant, made of templates and topics: no single one
 * matters, together they show where the encoder puts any question at all.
 *
 * The cosine of their mean with that of other questions, and of random pairs of those (median, 95th percentile) before
 * and after it is subtracted:
 *   Memento's bank           .89   .29 .55 → .07 .37   (its own mean subtracted: −.02 .27)
 *   DeepResearcher           .89   .29 .55 → .06 .37
 *   HotpotQA                 .79   .28 .50 → .11 .38
 *   MuSiQue                  .87   .38 .58 → .11 .37
 *   the sample workspace's   .89   .29 .53 → .06 .37
 * Named people, places and works were added after a first look at these cosines (.82 with Memento's bank before). The
 * sample workspace's mean and that of Memento's bank agree with each other to .77 only.
 */
const KINDS = [
  {
    topics: [
      'Ada Lovelace',
      'the founder of the company',
      'Marie Curie',
      'Nelson Mandela',
      'the author of the report',
      'Johan Cruyff',
      'the wife of the emperor',
      'Miriam Makeba',
    ],
    templates: [
      'Who is %?',
      'When was % born?',
      'Where did % go to school?',
      'What is % best known for?',
      'Which prize was given to % first?',
      'Who was the teacher of the father of %?',
      'Who was born first, % or Alfred Nobel?',
      'What nationality is the spouse of %?',
    ],
  },
  {
    topics: [
      'Lisbon',
      'the Danube',
      'Mount Kenya',
      'the oldest bridge in Prague',
      'Patagonia',
      'our new office',
      'Leipzig',
      'Lake Victoria',
    ],
    templates: [
      'Where is %?',
      'In which country does one find %?',
      'How far is % from the sea?',
      'How many people live near %?',
      'What can visitors see at % in winter?',
      'Which river or road leads to the town that lies nearest to %?',
    ],
  },
  {
    topics: [
      'the old film about the lighthouse',
      'Hamlet',
      'the ninth symphony',
      'the band from Leeds',
      'this novel',
      'Metropolis',
      'the television series',
      'The Magic Flute',
    ],
    templates: [
      'Who wrote or composed %?',
      'In what year did % come out?',
      'What genre is %?',
      'Which actor or singer became famous with %?',
      'From which country is the director of %?',
      'When did the performer of % die?',
      'Which was made earlier, % or Casablanca?',
    ],
  },
  {
    topics: [
      'the French Revolution',
      'the first moon landing',
      'the final of the cup',
      'the strike of the miners',
    ],
    templates: [
      'When did % happen?',
      'What caused %?',
      'Who won or lost because of %?',
      'What changed in the years after %?',
      'How long did % last, and how did it end?',
    ],
  },
  {
    topics: ['Toyota', 'the football club', 'the university', 'the central bank', 'our largest supplier'],
    templates: [
      'Who founded %?',
      'In which city does % have its main office?',
      'How many people work for %?',
      'Which company owns % today?',
      'What was the revenue of % last year?',
    ],
  },
  {
    topics: [
      'photosynthesis',
      'a black hole',
      'inflation',
      'the human liver',
      'the black rhinoceros',
      'vaccines',
    ],
    templates: [
      'What is %?',
      'How does % work?',
      'Why does % matter to doctors and scientists?',
      'Which theory explains % best?',
      'What is the difference between % and what people believe about it?',
    ],
  },
  {
    topics: [
      'the login page',
      'the retry policy',
      'this function',
      'the database migration',
      'the date parser',
    ],
    templates: [
      'Where in the code is % defined?',
      'Why does % fail when the network is slow?',
      'How do I write a test for %?',
      'What happens in % if the input is empty?',
      'Which files must change to make % faster?',
    ],
  },
  {
    topics: [
      'the budget for next year',
      'the minutes of the meeting',
      'the contract',
      'the annual report',
      'the survey',
    ],
    templates: [
      'What does % say about costs?',
      'Who signed % and on which date?',
      'Summarise % in three sentences.',
      'How many items are listed in %?',
      'Does % agree with the earlier version?',
    ],
  },
  {
    topics: [
      'the temperature of the station',
      'the number of sales',
      'the length of the wall',
      'the error rate',
    ],
    templates: [
      'What was the average of % in 2023?',
      'By how many percent did % rise since March?',
      'In which month was % at its highest?',
      'Plot % for each week.',
      'How was % measured, and with which instrument?',
    ],
  },
  {
    topics: ['a used car', 'bread without yeast', 'a rental flat', 'a language course', 'a bicycle tyre'],
    templates: [
      'What should I look for when choosing %?',
      'How much does % cost?',
      'Explain step by step how to deal with %.',
      'Is it safe to leave % outside overnight?',
    ],
  },
];

/** Each template of a kind with each of its topics. */
export const QUESTIONS = KINDS.flatMap(({ topics, templates }) =>
  templates.flatMap((template) => topics.map((topic) => template.replace('%', topic))),
);
