/** Ids that follow from content: the same content has the same id, so that a second import finds it there. */
import { sha256 } from '../../common/hash';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID of the epoch, so that what was imported is older than every run of one's own. */
export const importedId = (...parts: readonly unknown[]): Promise<string> => contentId(0, parts);

/**
 * A ULID whose randomness is the first 80 bits of the SHA-256 of the parts' JSON.
 * @param time milliseconds since the epoch
 */
export async function contentId(time: number, parts: readonly unknown[]): Promise<string> {
  const hash = await sha256(JSON.stringify(parts));
  return base32(BigInt(time), 10) + base32(BigInt(`0x${hash.slice(0, 20)}`), 16);
}

const base32 = (value: bigint, digits: number): string =>
  Array.from(value.toString(32).padStart(digits, '0'), (digit) => CROCKFORD[parseInt(digit, 32)]).join('');
