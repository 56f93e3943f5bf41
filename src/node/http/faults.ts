/** What went wrong with an exchange, as facts; `faultOf` puts them into a sentence. */
import { failed, type Failed } from '../../core/common/result';
import { errnoOf } from '../errno';
import type { Remedies } from './remedies';

/** A name resolved to an address that may not be reached. */
export class AddressError extends Error {
  readonly code = 'ERR_ADDRESS_DENIED';
  constructor(readonly address: string) {
    super(`the address ${address} is not public`);
  }
}

export type ProxyTrouble =
  /** 407: it wants a user name and a password, or others. */
  | 'ERR_PROXY_AUTHENTICATION'
  /** It answered in place of the host. */
  | 'ERR_PROXY_REFUSED'
  | 'ERR_PROXY_UNREACHABLE'
  /** Its address is none, or not that of an HTTP proxy. */
  | 'ERR_PROXY_UNSUPPORTED';

export class ProxyError extends Error {
  /** `proxy`: host and port, undefined where nobody knows; `status`: what it answered. */
  constructor(
    readonly code: ProxyTrouble,
    readonly proxy: string | undefined,
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(`${proxy ?? 'the proxy'}: ${code}`, options);
  }
}

/** More came than the request wanted. */
export class BodyLimitError extends Error {}
/** The body does not decode as its Content-Encoding says, or ended before its end. */
export class BodyError extends Error {}

/** Node's TLS errors: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;
const NOT_TLS = /EPROTO|ERR_SSL/;
const UNSENDABLE = /^ERR_(?:INVALID_CHAR|INVALID_HTTP_TOKEN|UNESCAPED_CHARACTERS|HTTP_INVALID_HEADER_VALUE)$/;

/** The sentence for a person; an error that is none of the network's is thrown. `host` with its port, `limit` in bytes. */
export function faultOf(error: unknown, host: string, limit: number, remedies: Remedies): Failed {
  if (error instanceof ProxyError) return proxyFault(error, host, remedies);
  if (error instanceof AddressError) {
    return failed('denied', `${host} is not fetched: it is at ${error.address}, which is no public address.`);
  }
  if (error instanceof BodyLimitError) {
    return failed('limit', `${host} sends more than the ${inWords(limit)} that are read.`);
  }
  if (error instanceof BodyError)
    return failed('bad-reply', `The reply of ${host} is broken: ${error.message}.`);
  const code = errnoOf(error);
  // What has no code comes neither from the system nor from Node's HTTP: a bug.
  if (code === undefined) throw error;
  return networkFault(code, host, remedies);
}

/** What an error of `fetch` (`TypeError: fetch failed`) means, undefined where it is none of the network's. */
export function faultOfFetch(error: unknown, host: string, remedies: Remedies): Failed | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof ProxyError) return proxyFault(cause, host, remedies);
  const code = errnoOf(cause);
  return code === undefined ? undefined : networkFault(code, host, remedies);
}

function networkFault(code: string, host: string, { certificate }: Remedies): Failed {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return failed('unreachable', `The host ${host} can't be found: check the name and the network.`);
  }
  if (code === 'HPE_HEADER_OVERFLOW') return failed('limit', `The headers of ${host} are too long.`);
  if (code.startsWith('HPE_')) {
    return failed('bad-reply', `${host} sent something that is not HTTP (${code}).`);
  }
  if (UNSENDABLE.test(code)) {
    return failed(
      'bad-request',
      `A header for ${host} holds a character that HTTP can't send: check the key.`,
    );
  }
  if (CERTIFICATE.test(code)) return certificateFault(code, `of ${host}`, certificate);
  if (NOT_TLS.test(code)) return failed('unreachable', `${host} does not speak HTTPS (${code}).`);
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return failed('unreachable', `${host} closed the connection without an answer (${code}).`);
  }
  return failed('unreachable', `Nothing answers at ${host} (${code}).`);
}

/** An authority that is added helps only where it is what is missing. */
function certificateFault(code: string, whose: string, remedy: string): Failed {
  const sentence = (words: string) => failed('unreachable', `The certificate ${whose} ${words}.`);
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return sentence(`is for another name (${code}): check the address, or what stands before the server`);
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return sentence(`is not valid today (${code}): check the clock of this machine, or tell who runs it`);
    default:
      return sentence(`is not trusted (${code}): ${remedy}`);
  }
}

function proxyFault({ code, proxy, status, cause }: ProxyError, host: string, remedies: Remedies): Failed {
  const name = proxy === undefined ? 'The proxy' : `The proxy ${proxy}`;
  switch (code) {
    case 'ERR_PROXY_AUTHENTICATION':
      return failed('unreachable', `${name} wants a user name and a password (407): ${remedies.proxyLogin}.`);
    case 'ERR_PROXY_REFUSED':
      return failed(
        'unreachable',
        `${name} does not connect to ${host} (${status ?? 'no status'}): ${remedies.proxyBypass}.`,
      );
    case 'ERR_PROXY_UNREACHABLE': {
      const why = errnoOf(cause) ?? 'no answer';
      return CERTIFICATE.test(why)
        ? certificateFault(why, `of the proxy ${proxy ?? ''}`, remedies.certificate)
        : failed('unreachable', `${name} can't be used (${why}): ${remedies.proxyAddress}.`);
    }
    case 'ERR_PROXY_UNSUPPORTED':
      return failed('unsupported', `${name} is no HTTP proxy: ${remedies.proxyAddress}.`);
  }
}

const inWords = (bytes: number): string =>
  bytes >= 1_000_000 ? `${Math.round(bytes / 1_000_000)} MB` : `${Math.ceil(bytes / 1000)} kB`;
