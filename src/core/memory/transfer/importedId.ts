/** Ids of imported cases and runs: the same content has the same id, so that a second import finds them there. */
import { sha256 } from '../../common/hash';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A ULID's time, ten characters: the epoch, so that what was imported is older than every run of one's own. */
const TIME = '0'.repeat(10);

/** A ULID of the first 80 bits of the SHA-256 of the parts' JSON. */
export async function importedId(...parts: readonly unknown[]): Promise<string> {
  const hash = await sha256(JSON.stringify(parts));
  const digits = BigInt(`0x${hash.slice(0, 20)}`)
    .toString(32)
    .padStart(16, '0');
  return TIME + Array.from(digits, (digit) => CROCKFORD[parseInt(digit, 32)]).join('');
}
