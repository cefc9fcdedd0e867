/** Texts of the payload worth finding in the evidence: identifiers and amounts, at most 40, at least 4 long. */
export function payloadMarks(payload: unknown): string[] {
  const marks = new Set<string>();
  const visit = (value: unknown) => {
    if (marks.size >= 40) return;
    if (typeof value === "string" && value.length >= 4 && value.length <= 100) marks.add(value);
    else if (typeof value === "number" && String(value).length >= 4) marks.add(String(value));
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(payload);
  return [...marks];
}
