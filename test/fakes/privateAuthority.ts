import { generate } from 'selfsigned';

/** Key and certificate, PEM. */
export interface Certified {
  readonly key: string;
  readonly cert: string;
}

export interface PrivateAuthority {
  /** Its own certificate, PEM. */
  readonly cert: string;
  /** A server's certificate for names and addresses, signed by the authority. */
  certify(names: readonly string[]): Promise<Certified>;
}

/** A certificate authority that nobody trusts unasked, such as a company's. */
export async function createPrivateAuthority(): Promise<PrivateAuthority> {
  const authority = await generate([{ name: 'commonName', value: 'Authority of the tests' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return {
    cert: authority.cert,
    certify: async (names) => {
      const issued = await generate([{ name: 'commonName', value: names[0] ?? '' }], {
        algorithm: 'sha256',
        keyType: 'ec',
        ca: { key: authority.private, cert: authority.cert },
        extensions: [
          { name: 'basicConstraints', cA: false },
          { name: 'keyUsage', digitalSignature: true },
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: names.map(altName) },
        ],
      });
      return { key: issued.private, cert: issued.cert };
    },
  };
}

const altName = (name: string) =>
  /^[\d.]+$/.test(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name };
