import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from '../../core/tools/web/publicAddress';
import { AddressError } from './faults';

/** All addresses of a name, or an error of the resolver. */
export type Resolver = (
  name: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

export const systemResolver: Resolver = (name, callback) => systemLookup(name, { all: true }, callback);

/**
 * Resolves names for one connection, and refuses those with an address that is not public. The connection uses the very
 * addresses that were checked, so a name cannot change its mind in between (DNS rebinding).
 */
export class AddressGuard {
  /** The name was resolved here. Where it never is, a proxy has done it. */
  wasAsked = false;
  readonly #resolve: Resolver;
  readonly #allowsPrivate: boolean;

  constructor(resolve: Resolver, allowsPrivate: boolean) {
    this.#resolve = resolve;
    this.#allowsPrivate = allowsPrivate;
  }

  /** False for an address that must not be talked to. */
  permits(address: string): boolean {
    return this.#allowsPrivate || isPublicAddress(address);
  }

  readonly lookup: LookupFunction = (name, { all, family }, callback) => {
    this.wasAsked = true;
    this.#resolve(name, (error, found) => {
      const forbidden = found?.find(({ address }) => !this.permits(address));
      const usable = found?.filter((each) => !isFamily(family) || each.family === family) ?? [];
      const [first] = usable;
      if (error) callback(error, []);
      else if (forbidden) callback(new AddressError(forbidden.address), []);
      else if (!first) callback(notFound(name), []);
      else if (all) callback(null, [...usable]);
      else callback(null, first.address, first.family);
    });
  };
}

const isFamily = (family: unknown): boolean => family === 4 || family === 6;

const notFound = (name: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${name} has no address`), { code: 'ENOTFOUND' });
