/**
 * The certificate authorities that the command line trusts: Node's own (Mozilla's list), the system's, and those that
 * NODE_EXTRA_CA_CERTS, SSL_CERT_FILE and SSL_CERT_DIR name. Node ≥ 22.15 reads the system's stores on every platform;
 * before that they are read where Linux and BSD keep them as a file, and on macOS and Windows the variables must name
 * what a company has added.
 */
import { X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tls from 'node:tls';
import type { Environment } from './proxyEnvironment';

/** Where systems keep all their authorities in one file: Debian, Fedora, SUSE, RHEL, Alpine and BSD. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** What TLS connections are made with. What is named but cannot be read is left out, as Node does. */
export async function trustOf(env: Environment): Promise<tls.SecureContext> {
  const files = [env['NODE_EXTRA_CA_CERTS'], env['SSL_CERT_FILE']].filter((file) => file !== undefined);
  const found = await Promise.all([
    systemAuthorities(),
    ...files.map(authoritiesIn),
    ...(env['SSL_CERT_DIR'] ?? '').split(path.delimiter).map(authoritiesInFolder),
  ]);
  return tls.createSecureContext({ ca: [...new Set([...tls.rootCertificates, ...found.flat()])] });
}

async function systemAuthorities(): Promise<readonly string[]> {
  const fromNode = nodesSystemAuthorities();
  if (fromNode) return fromNode;
  for (const file of SYSTEM_BUNDLES) {
    const found = await authoritiesIn(file);
    if (found.length > 0) return found;
  }
  return [];
}

/** `tls.getCACertificates('system')`, which Node 20 and its types do not have. */
function nodesSystemAuthorities(): readonly string[] | undefined {
  const get: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof get !== 'function') return undefined;
  const found: unknown = Reflect.apply(get, tls, ['system']);
  return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : undefined;
}

async function authoritiesInFolder(folder: string): Promise<readonly string[]> {
  if (folder === '') return [];
  const names = await readdir(folder).catch(() => []);
  return (await Promise.all(names.map((name) => authoritiesIn(path.join(folder, name))))).flat();
}

async function authoritiesIn(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'latin1').catch(() => '');
  return (text.match(PEM) ?? []).filter(isReadable);
}

/** One damaged certificate would make OpenSSL refuse all of them. */
function isReadable(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
