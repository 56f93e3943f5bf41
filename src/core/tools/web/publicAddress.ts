import ipaddr from 'ipaddr.js';

/** What is allocated to the public Internet so far (IANA, “IPv6 Global Unicast Address Assignments”). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** NAT64's well-known prefix (RFC 6052): networks without IPv4 reach every IPv4 server through it. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * True for an address (`93.184.215.14`, `2606:4700::1111`, no brackets) of the public Internet, by the special-purpose
 * registries of IANA (RFC 6890 and its successors). An IPv4 address inside an IPv6 one (mapped, NAT64) is judged itself;
 * tunnels (6to4, Teredo) and what cannot be read are not public.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return isPublicIPv4(parsed);
  if (parsed.isIPv4MappedAddress()) return isPublicIPv4(parsed.toIPv4Address());
  if (parsed.match(NAT64)) return isPublicIPv4(new ipaddr.IPv4(parsed.toByteArray().slice(12)));
  return parsed.match(GLOBAL_UNICAST) && parsed.range() === 'unicast';
}

const isPublicIPv4 = (address: ipaddr.IPv4): boolean => address.range() === 'unicast';
