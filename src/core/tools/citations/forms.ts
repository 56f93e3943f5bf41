/** Forms and spellings of one word that a stemmer does not bring together. */

/** The word, then its other forms. Few on purpose: they mean the same wherever they stand. */
const FORMS = `
us usa
movie film movies films
will shall
and &
till until
while whilst
among amongst
toward towards
% percent
about approximately roughly around circa
person people persons
man men
woman women
child children
`;
const VERBS = `
win won wins winning
write wrote written
make made
find found
hold held
lead led
take took taken
give gave given
become became
rise rose risen
fall fell fallen
grow grew grown
sell sold
leave left
lose lost
sing sang sung
go went gone
come came
speak spoke spoken
choose chose chosen
draw drew drawn
drive drove driven
fly flew flown
know knew known
run ran
see saw seen
send sent
show showed shown
spend spent
stand stood
teach taught
think thought
throw threw thrown
wear wore worn
meet met
pay paid
keep kept
feel felt
fight fought
bring brought
catch caught
break broke broken
die died dying
beat beaten
steal stole stolen
bite bit bitten
eat ate eaten
buy bought purchase purchased
build built construct constructed erect erected
begin began begun start started commence commenced
own owned possess possessed
`;

const rowsOf = (lines: string) =>
  lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [word = '', ...forms] = line.split(' ');
      return forms.map((form) => [form, word] as const);
    });
const verbs = new Map(rowsOf(VERBS));
const base = new Map([...rowsOf(FORMS), ...verbs]);

/** win for won, film for movies; the word itself where it is no such form. */
export const baseForm = (word: string): string => base.get(word) ?? word;

/** True for `won` and `built`; those that end in -ed are not listed. */
export const isPastForm = (word: string): boolean => verbs.has(word) && !/(?:ing|s)$/.test(word);
