import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isPublicAddress } from "./is-public-address";
import { OutgoingError } from "./outgoing-error";

export type ResolvedAddress = { address: string; family: number };

/**
 * All addresses of a URL's host, asked for once. Throws OutgoingError `dns_failed`, or `blocked_address` when
 * any of them is not public and the host is not in `allowedHosts` (`host`, `host:port`, `*.domain`).
 */
export async function resolveGuarded(url: URL, allowedHosts: readonly string[]): Promise<ResolvedAddress[]> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await lookUp(host);
  if (isAllowed(url, allowedHosts)) return addresses;
  // One address of ours among public ones is how a name is made to point inside: all must be public.
  if (!addresses.every(({ address }) => isPublicAddress(address))) {
    throw new OutgoingError(
      "blocked_address",
      `${url.host} is not on the public internet. An admin can allow this host if the call is meant.`,
    );
  }
  return addresses;
}

async function lookUp(host: string): Promise<ResolvedAddress[]> {
  const addresses = await lookup(host, { all: true }).catch(() => []);
  if (addresses.length === 0)
    throw new OutgoingError("dns_failed", `The name ${host} could not be resolved.`);
  return addresses;
}

function isAllowed(url: URL, allowedHosts: readonly string[]): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const host = url.hostname.replace(/\.$/, "");
  return allowedHosts.some((entry) => {
    const [, name = "", onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry.trim().toLowerCase()) ?? [];
    if (onlyPort && onlyPort !== port) return false;
    return name.startsWith("*.") ? host.endsWith(name.slice(1)) : host === name;
  });
}
