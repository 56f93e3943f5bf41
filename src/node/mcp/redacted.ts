import { Secrets } from '../../core/common/secrets';
import type { ServerConfiguration } from './configuration';

type Transport = ServerConfiguration['transport'];

/** Names of variables and headers whose value is a key or a password; others hold folders, hosts, languages. */
const SECRET_NAME = /key|token|secret|pass|auth|cred|cookie|session|pat$/i;

/** A server's words, or ours about it, without anything that the user put into its environment and headers. */
export const redacted = (text: string, transport: Transport): string =>
  new Secrets(valuesOf(transport).flatMap(([, value]) => bare(value))).hide(text);

/** What of it stands nowhere, whoever says it. */
export const secretsOfServer = (transport: Transport): readonly string[] =>
  valuesOf(transport).flatMap(([name, value]) => (SECRET_NAME.test(name) ? bare(value) : []));

const valuesOf = (transport: Transport) =>
  Object.entries(transport.kind === 'stdio' ? transport.env : transport.headers);

/** A server that complains of a token leaves out the `Bearer` before it. */
const bare = (value: string): readonly string[] => [value, value.replace(/^\S+ /, '')];
