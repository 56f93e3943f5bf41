/** Why there was no answer at all, by the code of the system, TLS or the HTTP client. */
import { failed } from '../core/common/result';
import type { Failed } from '../core/common/result';
import type { Endpoint } from './endpoint';

/** Node's TLS errors: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;
const NOT_TLS = /EPROTO|ERR_SSL/;
const CLOSED = /ECONNRESET|EPIPE|UND_ERR_SOCKET|^HPE_/;

export function networkFault(code: string | undefined, endpoint: Endpoint): Failed {
  const { host, names } = endpoint;
  const unreachable = (sentence: string) => failed('unreachable', sentence);
  if (code === undefined) return nothingAnswers(endpoint);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return unreachable(`The host ${host} can't be found: check the network, or ${names.baseUrl}.`);
  }
  if (CERTIFICATE.test(code)) {
    return unreachable(
      `The certificate of ${host} is not trusted (${code}): add its authority to this machine, or check ${names.baseUrl}.`,
    );
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

function nothingAnswers({ baseUrl, names }: Endpoint): Failed {
  return failed(
    'unreachable',
    `Nothing answers at ${new URL(baseUrl).origin}: start the server or check ${names.baseUrl}.`,
  );
}
