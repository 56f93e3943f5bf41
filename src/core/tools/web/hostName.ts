import { isPublicAddress } from './publicAddress';

/**
 * Names that mean this machine or its network: RFC 6761 (localhost, test, invalid), 6762 (local), 7686 (onion),
 * 8375 (home.arpa), ICANN's `internal`, and those that home and company networks use unasked.
 */
const LOCAL_SUFFIXES = [
  ...['localhost', 'localdomain', 'local', 'internal', 'intranet', 'private', 'corp', 'home', 'lan'],
  ...['home.arpa', 'onion', 'test', 'invalid'],
];

/** Public zones whose names resolve to this machine, or to whatever address the name itself says. */
const ECHOING_ZONES = [
  'nip.io',
  'sslip.io',
  'xip.io',
  'traefik.me',
  'localtest.me',
  'lvh.me',
  'lacolhost.com',
  'vcap.me',
  'localho.st',
  'rbndr.us',
  '1u.ms',
];

const MAX_NAME = 253;
const MAX_LABEL = 63;
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** `10.0.0.1` as labels, `10-0-0-1` within one (`app-10-0-0-1`); a lookahead, as they can overlap. */
const DOTTED = new RegExp(`(?<![^.])(?=(${OCTET})\\.(${OCTET})\\.(${OCTET})\\.(${OCTET})\\.)`, 'g');
const DASHED = new RegExp(`(?<!\\d)(?=(${OCTET})-(${OCTET})-(${OCTET})-(${OCTET})(?!\\d))`, 'g');

/**
 * Why a host name may not be reached, undefined where nothing speaks against it. `name` is in the form that WHATWG URL
 * gives: lower case, punycode; no address.
 */
export function objectionTo(name: string): string | undefined {
  const bare = name.replace(/\.$/, '');
  const labels = bare.split('.');
  if (bare.length > MAX_NAME || labels.some((label) => label === '' || label.length > MAX_LABEL)) {
    return 'Its host is no valid name.';
  }
  if (isWithin(bare, LOCAL_SUFFIXES)) return `The name ${bare} is kept for this machine or its network.`;
  if (labels.length === 1) return `The name ${bare} has no dot, so it is one of the local network.`;
  if (isWithin(bare, ECHOING_ZONES)) return `The name ${bare} stands for an address that the name chooses.`;
  const hidden = [...addressesIn(bare, DOTTED), ...addressesIn(bare, DASHED)].find(
    (address) => !isPublicAddress(address),
  );
  return hidden === undefined ? undefined : `The name ${bare} holds ${hidden}, which is no public address.`;
}

/** Why a person should see the name first, undefined for plain ones. */
export function doubtAbout(name: string): string | undefined {
  if (/(?:^|\.)xn--/.test(name)) {
    return `The host ${name} is written with letters that can look like others.`;
  }
  const [address] = addressesIn(name, DOTTED);
  return address === undefined ? undefined : `The name ${name} reads like the address ${address}.`;
}

const isWithin = (name: string, zones: readonly string[]): boolean =>
  zones.some((zone) => name === zone || name.endsWith(`.${zone}`));

const addressesIn = (name: string, form: RegExp): readonly string[] =>
  [...name.matchAll(form)].map((octets) => octets.slice(1).join('.'));
