/**
 * What a value that was read is: kinds that are made of one another, and that the compiler keeps in step with types.
 * zod, which reads replies and arguments here, would let a schema lack a field that may be absent.
 */

import { DEEPEST, isNestedWithin } from './json';

/** Looks, and changes nothing. `in out`: of exactly this type, so that one that grows is an error where its kind does not. */
export interface Kind<in out T> {
  (value: unknown): value is T;
}

/** A kind for each field. What may be absent is `orAbsent`. */
export type FieldKinds<T> = { readonly [K in keyof T]-?: Kind<T[K]> };

export const text: Kind<string> = (value) => typeof value === 'string';
export const truth: Kind<boolean> = (value) => typeof value === 'boolean';
/** JSON has `1e400`. */
export const number: Kind<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value);
export const whole: Kind<number> = (value): value is number => Number.isSafeInteger(value);
/** 1, 2 … */
export const ordinal: Kind<number> = (value): value is number => whole(value) && value >= 1;
/** Milliseconds since the epoch, as far as a `Date` goes (ECMA-262, section 21.4.1.1). */
export const time: Kind<number> = (value): value is number => number(value) && Math.abs(value) <= 8.64e15;
/** A name by which something is looked up: none that every object has. */
export const key: Kind<string> = (value): value is string => text(value) && !(value in Object.prototype);
/** Nothing that is nested so deep that what goes into it does not come out: `JSON.stringify`, a fold. */
export const anything: Kind<unknown> = (value): value is unknown => isNestedWithin(value, DEEPEST);
export const nothing: Kind<null> = (value) => value === null;

export const only =
  <const T extends boolean | number>(wanted: T): Kind<T> =>
  (value): value is T =>
    value === wanted;

/** A record and not a list, so that one that is missing is an error of the compiler. */
export const oneOf =
  <T extends string>(all: Readonly<Record<T, true>>): Kind<T> =>
  (value): value is T =>
    text(value) && Object.hasOwn(all, value);

export const either =
  <A, B>(a: Kind<A>, b: Kind<B>): Kind<A | B> =>
  (value): value is A | B =>
    a(value) || b(value);

export const orNull =
  <T>(kind: Kind<T>): Kind<T | null> =>
  (value): value is T | null =>
    value === null || kind(value);

export const orAbsent =
  <T>(kind: Kind<T>): Kind<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || kind(value);

export const listOf =
  <T>(kind: Kind<T>): Kind<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(kind);

/** There may be more fields: a later version's. */
export function fields<T extends object>(kinds: FieldKinds<T>): Kind<T> {
  const all = Object.entries<(value: unknown) => boolean>(kinds);
  return (value): value is T => isObject(value) && all.every(([name, is]) => is(ownValue(value, name)));
}

/** Of a union: what its field `tag` says tells which other fields there are. */
export function tagged<Tag extends string, T extends Readonly<Record<Tag, string>>>(
  tag: Tag,
  table: { readonly [Name in T[Tag]]: FieldKinds<Omit<Extract<T, Readonly<Record<Tag, Name>>>, Tag>> },
): Kind<T> {
  const kinds = new Map(
    Object.entries<FieldKinds<object>>(table).map(([name, others]) => [name, fields(others)]),
  );
  return (value): value is T => {
    const name = isObject(value) ? ownValue(value, tag) : undefined;
    return text(name) && (kinds.get(name)?.(value) ?? false);
  };
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ownValue = (value: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(value, name) ? value[name] : undefined;
