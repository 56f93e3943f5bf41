/** What a person can do about a fault of the network, as half a sentence: it is not the same in editor and terminal. */
export interface Remedies {
  readonly certificate: string;
  readonly proxyLogin: string;
  readonly proxyAddress: string;
  /** The host may be one that the proxy should not be asked for. */
  readonly proxyBypass: string;
  readonly allowOrigin: string;
}

export const editorRemedies: Remedies = {
  certificate:
    'add its authority to the certificates of this machine and switch on the setting http.systemCertificates',
  proxyLogin: 'put them into the setting http.proxy, as http://user:password@host:port',
  proxyAddress: 'check the setting http.proxy',
  proxyBypass: 'check the address, or add the host to the setting http.noProxy',
  allowOrigin: 'add the origin to the setting memento.web.allowedOrigins',
};

export const commandLineRemedies: Remedies = {
  certificate: 'name a file with its authority in NODE_EXTRA_CA_CERTS',
  proxyLogin: 'put them into HTTPS_PROXY and HTTP_PROXY, as http://user:password@host:port',
  proxyAddress: 'check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY',
  proxyBypass: 'check the address, or add the host to NO_PROXY',
  allowOrigin: 'add --allow-origin with the origin',
};
