/** Inputs that get deep into a parser: its own tokens out of order, valid texts with a fault in them, long repetitions. */
import fc from 'fast-check';

/** Any character, halves of surrogate pairs and those that change under NFKC among them. */
const anyCharacters = fc.string({ unit: 'binary', maxLength: 4 });
const ODD = ['\0', '\r', '\u001b', '\u0085', '\u2028', '\u202e', '\ud800', '\ufeff', 'ﬁ', '٣', '𝟙', 'İ', 'ß'];
/** Names that every object has. */
export const INHERITED = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

/** A text of a language's tokens, some words, and now and then any character. */
export const textOf = (tokens: readonly string[], maxLength = 40): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(...tokens) },
        { weight: 3, arbitrary: fc.constantFrom('a', 'north', '7', ' ', '\n', ...INHERITED) },
        { weight: 1, arbitrary: fc.oneof(fc.constantFrom(...ODD), anyCharacters) },
      ),
      { maxLength, size: 'max' },
    )
    .map((parts) => parts.join(''));

/** One change of a text: `at` is where, as a share of it. */
interface Change {
  readonly at: number;
  /** Characters that go. */
  readonly cut: number;
  readonly put: string;
}

/** A text of `texts` with a few places cut or filled with tokens; now and then whole. */
export const damaged = (texts: fc.Arbitrary<string>, tokens: readonly string[]): fc.Arbitrary<string> => {
  const change: fc.Arbitrary<Change> = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.constantFrom(0, 0, 1, 2, 10, 100),
    put: fc.oneof(fc.constant(''), fc.constantFrom(...tokens), fc.constantFrom(...ODD, ...INHERITED)),
  });
  return fc
    .tuple(texts, fc.array(change, { maxLength: 4 }))
    .map(([text, changes]) => changes.reduce(changedText, text));
};

function changedText(text: string, { at, cut, put }: Change): string {
  const place = Math.floor(at * text.length);
  return text.slice(0, place) + put + text.slice(place + cut);
}

/** A text that repeats itself so often that work which grows with the square of its length never ends. */
export interface Pumped {
  readonly before: string;
  readonly unit: string;
  readonly characters: number;
  readonly after: string;
}

/** Kept small as a value: `pump` makes the text. */
export const pumped = (tokens: readonly string[], longest = LONGEST): fc.Arbitrary<Pumped> => {
  const some = (maxLength: number) =>
    fc.array(fc.constantFrom(' ', 'a', '1', '\n', ...tokens), { maxLength }).map((parts) => parts.join(''));
  return fc.record({
    before: some(3),
    unit: some(3).map((unit) => unit || ' '),
    characters: fc.constantFrom(...[0.01, 1].map((share) => Math.ceil(share * Math.min(longest, LONGEST)))),
    after: some(3),
  });
};

/** In a long run, quadratic work on so many characters is a hang; the normal tests only try a few. */
const LONGEST = process.env['MEMENTO_FUZZ_LONG'] === '1' ? 200_000 : 2_000;

export const pump = ({ before, unit, characters, after }: Pumped): string =>
  before + unit.repeat(Math.ceil(characters / unit.length)) + after;

/** Pieces of a sequence, cut at these shares of its length; joined they give the whole. */
export const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });

export function cutAt<T extends string | Uint8Array>(whole: T, shares: readonly number[]): T[] {
  const places = shares.map((share) => Math.floor(share * whole.length)).sort((a, b) => a - b);
  const edges = [0, ...places, whole.length];
  return edges.slice(1).map((end, i) => whole.slice(edges[i], end) as T);
}

/** JSON values whose keys and texts are mostly those that a reader knows. */
export const jsonOf = (keys: readonly string[], values: readonly unknown[]): fc.Arbitrary<unknown> => {
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e400, 2 ** 53, '', ' ', ...values),
      fc.jsonValue({ maxDepth: 1 }),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys, ...INHERITED), tie('json'), { maxKeys: 8 }),
    ),
  }));
  return json;
};

/** A JSON value in which some of its inner values are other ones: deep inside what a reader takes. */
export const withOtherValues = (
  values: fc.Arbitrary<unknown>,
  others: fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> =>
  fc
    .tuple(values, fc.array(fc.tuple(fc.nat(60), others), { maxLength: 2 }))
    .map(([value, changes]) =>
      changes.reduce((whole, [place, other]) => replacedAt(whole, { left: place }, other), value),
    );

/** `count.left` values are passed over, in the order of JSON.stringify. */
function replacedAt(value: unknown, count: { left: number }, other: unknown): unknown {
  if (count.left-- === 0) return other;
  if (Array.isArray(value)) return value.map((each: unknown) => replacedAt(each, count, other));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replacedAt(inner, count, other)]),
  );
}

/** Bytes of `files` with a few places changed, cut, doubled, or filled from another of them. */
export const damagedBytes = (files: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const file = fc.constantFrom(...files);
  const change = fc.oneof(
    fc.record({
      kind: fc.constant('set' as const),
      at: share,
      value: fc.constantFrom(0, 1, 0x7f, 0xff, 0x5c),
    }),
    fc.record({ kind: fc.constant('flip' as const), at: share, value: fc.nat(7) }),
    fc.record({ kind: fc.constant('cut' as const), at: share, value: fc.constantFrom(1, 4, 60, 1_000) }),
    fc.record({ kind: fc.constant('double' as const), at: share, value: fc.constantFrom(1, 4, 60, 1_000) }),
    fc.record({ kind: fc.constant('end' as const), at: share, value: fc.constant(0) }),
    fc.record({ kind: fc.constant('splice' as const), at: share, value: file }),
  );
  return fc.tuple(file, fc.array(change, { minLength: 1, maxLength: 5 })).map(([bytes, changes]) => {
    let changed: Uint8Array = Uint8Array.from(bytes);
    for (const { kind, at, value } of changes) {
      const place = Math.min(Math.floor(at * changed.length), Math.max(0, changed.length - 1));
      if (kind === 'splice') {
        // The rest of the other file, from as far in.
        changed = joined(changed.subarray(0, place), value.subarray(Math.floor(at * value.length)));
      } else if (kind === 'cut')
        changed = joined(changed.subarray(0, place), changed.subarray(place + value));
      else if (kind === 'double')
        changed = joined(changed.subarray(0, place + value), changed.subarray(place));
      else if (kind === 'end') changed = changed.slice(0, place);
      else if (changed.length > 0)
        changed[place] = kind === 'set' ? value : (changed[place] ?? 0) ^ (1 << value);
    }
    return changed;
  });
};

const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
