import type { ServerConfiguration } from './configuration';

/** Shorter values are words such as `true`, which would take letters out of everything. */
const MIN_SECRET = 8;

/** A server's words, or ours about it, without what the user put into its environment and headers: keys. */
export function redacted(text: string, { transport }: ServerConfiguration): string {
  const values = Object.values(transport.kind === 'stdio' ? transport.env : transport.headers);
  const secrets = values
    // A server that complains of a token leaves out the `Bearer` before it.
    .flatMap((value) => [value, value.replace(/^\S+ /, '')])
    .filter((value) => value.length >= MIN_SECRET);
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '•••'), text);
}
