import ipaddr from 'ipaddr.js';

/**
 * Who may be reached at an address: everyone's, one's own networks when that is
 * allowed, or nobody.
 */
export type Reach = 'public' | 'private' | 'never';

/** No service is there, however much is allowed. */
const NEVER = new Set(['unspecified', 'broadcast', 'multicast', 'linkLocal']);

/** Where clouds keep the credentials of machines, besides the link-local ones. */
const METADATA = new Set(
  ['100.100.100.200', '192.0.0.192', 'fd00:ec2::254'].map(address =>
    ipaddr.parse(address).toNormalizedString(),
  ),
);

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Told by what is surely public: whatever else there is, now or in time to come,
 * is private. IPv4 addresses inside of IPv6 ones are seen through.
 */
export function classifyAddress(text: string): Reach {
  if (!ipaddr.isValid(text)) return 'never';
  const address = seeThrough(ipaddr.parse(text));
  const range = address.range();
  if (NEVER.has(range) || METADATA.has(address.toNormalizedString())) {
    return 'never';
  }
  const isPublic =
    range === 'unicast' &&
    (address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST));
  return isPublic ? 'public' : 'private';
}

function seeThrough(
  address: ipaddr.IPv4 | ipaddr.IPv6,
): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address instanceof ipaddr.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  // With NAT64 the whole public IPv4 network is found below one prefix.
  if (address.match(NAT64)) {
    return new ipaddr.IPv4(address.toByteArray().slice(12));
  }
  return address;
}
