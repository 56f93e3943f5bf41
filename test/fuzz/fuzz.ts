/** Properties of what reads outside input, each with the inputs that are tried. How to add one: README.md beside this. */
import assert from 'node:assert/strict';
import fc from 'fast-check';

/** One value of each arbitrary, in order. */
type Values = readonly unknown[];

export interface Subject {
  readonly name: string;
  /** Of the normal tests. */
  readonly runs: number;
  /** Fails where the property throws or rejects, or a prototype that all objects share is no longer as it was. */
  readonly property: fc.IAsyncPropertyWithHooks<[Values]>;
  /** The property of values that were found before. */
  readonly check: (values: Values) => Promise<void>;
}

const subjects = new Map<string, Subject>();

/** All that have been declared so far, in order. */
export const declaredSubjects = (): readonly Subject[] => [...subjects.values()];

/**
 * Declares a property. Values must be plain data (text, numbers, bytes, arrays, objects), so that a found case can be
 * kept as a file.
 * @param name unique, `subject: what holds`; found cases are kept by it
 * @param runs in the normal tests; one that takes long should have few
 */
export function fuzz<Ts extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: { readonly [K in keyof Ts]: fc.Arbitrary<Ts[K]> },
  property: (...values: Ts) => void | Promise<void>,
  { runs = 100 }: { readonly runs?: number } = {},
): void {
  if (subjects.has(name)) throw new Error(`There are two subjects “${name}”.`);
  const check = async (values: Values) => {
    // Made by these arbitraries, now or when the case was found.
    await property(...(values as Ts));
    assert.deepEqual(sharedKeys(), AT_START, 'a prototype that all objects share was changed');
  };
  const inputs: fc.Arbitrary<Values> = fc.tuple<Ts>(...arbitraries);
  subjects.set(name, { name, runs, check, property: fc.asyncProperty(inputs, check) });
}

/** Polluted, any object has keys that nobody gave it. */
const sharedKeys = () =>
  [Object.prototype, Array.prototype, String.prototype, Function.prototype].map(
    (prototype) => Reflect.ownKeys(prototype).length,
  );
const AT_START = sharedKeys();
