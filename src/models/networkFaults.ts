/** Why there was no answer at all, by the code of the system, TLS or the HTTP client. */
import { failed } from '../core/common/result';
import type { Failed } from '../core/common/result';
import type { Endpoint } from './endpoint';
import type { Trouble } from './trouble';

type NetworkTrouble = Extract<Trouble, { kind: 'network' }>;

/** Node's TLS errors: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;
const NOT_TLS = /EPROTO|ERR_SSL/;
const CLOSED = /ECONNRESET|EPIPE|UND_ERR_SOCKET|^HPE_/;

export function networkFault({ code, proxy }: NetworkTrouble, endpoint: Endpoint): Failed {
  const { host, names } = endpoint;
  const unreachable = (sentence: string) => failed('unreachable', sentence);
  if (code === undefined) return nothingAnswers(endpoint);
  if (code.startsWith('ERR_PROXY_')) return unreachable(proxySentence(code, proxy, host));
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return unreachable(`The host ${host} can't be found: check the network, or ${names.baseUrl}.`);
  }
  if (CERTIFICATE.test(code)) {
    return unreachable(`The certificate of ${host} ${certificateTrouble(code)}, or check ${names.baseUrl}.`);
  }
  if (NOT_TLS.test(code)) {
    return unreachable(
      `${host} does not speak HTTPS (${code}): check whether ${names.baseUrl} should begin with http://.`,
    );
  }
  if (CLOSED.test(code)) {
    return unreachable(
      `${host} closed the connection without an answer (${code}): check that it is a model server, or try again.`,
    );
  }
  return nothingAnswers(endpoint);
}

/** An authority that is added helps only where it is what is missing. */
function certificateTrouble(code: string): string {
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `is for another name (${code}): ask who runs it`;
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return `is not valid today (${code}): set the clock of this machine right, tell who runs it`;
    default:
      return `is not trusted (${code}): add its authority to this machine`;
  }
}

/** Errors of src/node/http/faults.ts: only the command line sees them, the editor's proxy is VS Code's affair. */
function proxySentence(code: string, proxy: string | undefined, host: string): string {
  const name = `The proxy${proxy === undefined ? '' : ` ${proxy}`}`;
  return code === 'ERR_PROXY_AUTHENTICATION'
    ? `${name} wants a user name and a password: put them into HTTPS_PROXY, as http://user:password@host:port.`
    : `${name} does not lead to ${host} (${code}): check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, or add the host to NO_PROXY.`;
}

function nothingAnswers({ baseUrl, names }: Endpoint): Failed {
  return failed(
    'unreachable',
    `Nothing answers at ${new URL(baseUrl).origin}: start the server or check ${names.baseUrl}.`,
  );
}
