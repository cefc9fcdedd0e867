import ipaddr from "ipaddr.js";

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an IP address belongs to the public internet (IANA special-purpose registries, RFC 6890). Private,
 * loopback, link-local, carrier-grade NAT, multicast, reserved and documentation ranges do not; nor do IPv6
 * forms that carry an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo), which would reach it in disguise.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || parsed.match(GLOBAL_UNICAST);
}
