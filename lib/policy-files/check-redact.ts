import { parsePointer } from "@/lib/policy/pointer";
import { error, type Finding } from "./finding";
import type { LoadedPolicy } from "./load-policies";
import { alsoApply, childrenOf, isObject, type Json } from "./schema-places";

/** Redacted paths that no payload can have by schema.json: most likely misspelt, and what they are to hide would leave. */
export function checkRedact({ actionType, raw, payloadSchema }: LoadedPolicy): Finding[] {
  return (raw.redact ?? []).flatMap((path, index) => {
    if (path === "subject" || leadsSomewhere(payloadSchema, parsePointer(path) ?? [], payloadSchema))
      return [];
    const place = { actionType, file: "policy.json", path: `redact[${index}]` } as const;
    return [error(place, JSON.stringify(path), "a path that schema.json declares")];
  });
}

/** Whether the schema, or one that applies to the same value, says something about what the segments lead to. */
function leadsSomewhere(schema: unknown, segments: readonly string[], root: Json, depth = 0): boolean {
  if (typeof schema === "boolean") return schema;
  if (!isObject(schema) || depth > 64) return false;
  const [segment, ...rest] = segments;
  if (segment === undefined) return true;
  const below = childrenOf(schema, segment).some((child) => leadsSomewhere(child, rest, root, depth + 1));
  return below || alsoApply(schema, root).some((part) => leadsSomewhere(part, segments, root, depth + 1));
}
