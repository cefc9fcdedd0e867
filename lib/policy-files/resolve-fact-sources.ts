import { SUBJECT_MISMATCH } from "@/lib/policy/compile-policy";
import {
  COMPUTED_FACT_FORM,
  COMPUTED_FACT_SHAPE,
  type ComputedFactName,
  isComputedFactName,
} from "@/lib/policy/computed-facts";
import { parsePointer, toPointer } from "@/lib/policy/pointer";
import type { PolicyProblem } from "@/lib/policy/policy-error";
import type { Policy, PolicyFactEntry } from "@/lib/policy/schema";
import { parseUrlTemplate } from "@/lib/policy/url-template";

/** Where a fact is looked up. Settled when policies are loaded: nothing in a draft can change it. */
export type FactSource =
  | { kind: "payload"; pointer: string }
  /** `subjectType` "self" is the draft's own subject; else `idPointer` finds the subject's id in the payload. */
  | { kind: "pushed"; subjectType: "self"; idPointer: null; name: string }
  | { kind: "pushed"; subjectType: string; idPointer: string; name: string }
  | { kind: "computed"; name: ComputedFactName }
  /** `pointer` is into what the lookup of that name answers. */
  | { kind: "http"; lookup: string; pointer: string }
  /** Whether the draft claims another subject than the fact named in `subject_from` says. */
  | { kind: "subject_check" };

/**
 * Finds the source of every fact a policy mentions: what `facts` says; a property the payload declares; a computed
 * fact; otherwise a pushed fact of the draft's own subject. Appends a problem for a name that two of these could mean,
 * for a pointer to a property that the payload does not declare, and for a `subject_from` that would go in circles,
 * and for a computed fact over a window that cannot be.
 */
export function resolveFactSources(
  policy: Policy,
  factNames: readonly string[],
  properties: ReadonlySet<string>,
  file: string,
  problems: PolicyProblem[],
): Record<string, FactSource> {
  const entries = policy.facts ?? {};
  const checkPointer = (path: string, pointer: string | undefined) => {
    if (pointer === undefined || properties.has(parsePointer(pointer)?.[0] ?? "")) return;
    const allowed = `a pointer to a property that schema.json declares: ${[...properties].join(", ")}`;
    problems.push({ file, path, found: JSON.stringify(pointer), allowed });
  };
  for (const [name, entry] of Object.entries(entries)) {
    if (entry.from === "payload") checkPointer(`facts.${name}.at`, entry.at);
    if (entry.from === "pushed") checkPointer(`facts.${name}.id`, entry.id);
  }
  for (const [name, { url }] of Object.entries(policy.lookups ?? {})) {
    const pointers = url === undefined ? [] : (parseUrlTemplate(url)?.pointers ?? []);
    for (const pointer of pointers) checkPointer(`lookups.${name}.url`, pointer);
  }
  for (const key of ["amount_from", "currency_from", "blast_radius_from"] as const) {
    checkPointer(`attributes.${key}`, policy.attributes?.[key]);
  }

  const sources: [string, FactSource][] = [];
  for (const name of new Set([...factNames, ...Object.keys(entries)])) {
    const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
    if (policy.subject_from && name === SUBJECT_MISMATCH) {
      if (entry || properties.has(name)) {
        const allowed =
          "another name: with subject_from this one says whether the draft claims another subject";
        problems.push({ file, path: entry ? `facts.${name}` : "subject_from", found: name, allowed });
      }
      sources.push([name, { kind: "subject_check" }]);
    } else if (entry) {
      sources.push([name, fromEntry(name, entry)]);
    } else if (properties.has(name)) {
      if (isComputedFactName(name)) {
        const allowed = `an entry facts.${name} that says which is meant`;
        problems.push({ file, path: "facts", found: `${name}, in the payload and computed`, allowed });
      }
      sources.push([name, { kind: "payload", pointer: toPointer([name]) }]);
    } else if (isComputedFactName(name)) {
      sources.push([name, { kind: "computed", name }]);
    } else {
      if (COMPUTED_FACT_SHAPE.test(name)) {
        const allowed = `${COMPUTED_FACT_FORM}; or an entry facts.${name} that says where it comes from`;
        problems.push({ file, path: "facts", found: name, allowed });
      }
      sources.push([name, { kind: "pushed", subjectType: "self", idPointer: null, name }]);
    }
  }
  const resolved = Object.fromEntries(sources);
  if (policy.subject_from && !tellsSubject(resolved[policy.subject_from.fact])) {
    const allowed = "a fact of the payload, from http, or pushed for another subject that the payload names";
    const found = JSON.stringify(policy.subject_from.fact);
    problems.push({ file, path: "subject_from.fact", found, allowed });
  }
  return resolved;
}

/** Whether a fact can be known before the draft's subject is. */
const tellsSubject = (source: FactSource | undefined): boolean =>
  source?.kind === "payload" ||
  source?.kind === "http" ||
  (source?.kind === "pushed" && source.subjectType !== "self");

function fromEntry(factName: string, entry: PolicyFactEntry): FactSource {
  if (entry.from === "payload") return { kind: "payload", pointer: entry.at };
  if (entry.from === "http") return { kind: "http", lookup: entry.lookup, pointer: entry.at };
  if (entry.from === "computed") return { kind: "computed", name: entry.name };
  const name = entry.name ?? factName;
  if (entry.subject === undefined || entry.id === undefined) {
    return { kind: "pushed", subjectType: "self", idPointer: null, name };
  }
  return { kind: "pushed", subjectType: entry.subject, idPointer: entry.id, name };
}
