import type { PolicyLookup } from "@/lib/policy/schema";
import { expandUrlTemplate, parseUrlTemplate } from "@/lib/policy/url-template";

/** Where a lookup goes for one payload, and with which headers. */
export interface LookupTarget {
  url: string;
  headers: Record<string, string>;
  timeoutMs: number;
}

const DEFAULT_TIMEOUT_SECONDS = 3;

/** The target of a lookup, from the environment variables it names; or, for the approver, why there is none. */
export function findLookupTarget(
  lookup: PolicyLookup,
  payload: unknown,
  environment: NodeJS.ProcessEnv,
): LookupTarget | { why: string } {
  const { url_env, headers_env = {}, timeout_seconds = DEFAULT_TIMEOUT_SECONDS } = lookup;
  const text = url_env === undefined ? lookup.url : environment[url_env];
  if (!text) return { why: `${url_env} is not set` };
  const template = parseUrlTemplate(text);
  if (!template) return { why: `${url_env} is not a URL that facts can be looked up by` };
  const expanded = expandUrlTemplate(template, payload);
  if ("why" in expanded) return expanded;
  const headers: Record<string, string> = { accept: "application/json" };
  for (const [header, name] of Object.entries(headers_env)) {
    const value = environment[name];
    if (!value) return { why: `${name} is not set` };
    headers[header.toLowerCase()] = value;
  }
  return { url: expanded.url, headers, timeoutMs: timeout_seconds * 1000 };
}
