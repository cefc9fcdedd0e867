/** Splits `text` at every occurrence of one of `marks`; empty and very short marks are left out by the caller. */
export function splitMarks(text: string, marks: readonly string[]): { text: string; marked: boolean }[] {
  if (marks.length === 0) return [{ text, marked: false }];
  const longestFirst = [...marks].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    longestFirst.map((mark) => mark.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"),
    "g",
  );
  const parts: { text: string; marked: boolean }[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index), marked: false });
    parts.push({ text: match[0], marked: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), marked: false });
  return parts;
}
