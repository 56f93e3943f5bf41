import type { HttpClient } from '../../ports';

/** The client, which says once that a proxy resolves the names: then nobody can say where they lead. */
export function withProxyNotice(http: HttpClient, notify: (message: string) => void): HttpClient {
  let isTold = false;
  return {
    async request(request) {
      const result = await http.request(request);
      if (result.ok && result.value.viaProxy && !isTold) {
        isTold = true;
        notify(proxyNotice(result.value.proxy));
      }
      return result;
    },
  };
}

const proxyNotice = (proxy: string | undefined): string =>
  `Names are resolved by the proxy${proxy === undefined ? '' : ` ${proxy}`}, so it could not be checked here that web addresses are public.`;
