const BADGE = /^\(\d+\+?\) /;

/** A page's title with how much waits before it, in place of what stood there: "(12) Inbox · Countersign". */
export function badgedTitle(title: string, waiting: number, mostCounted: number): string {
  const plain = title.replace(BADGE, "");
  if (waiting === 0) return plain;
  return `(${waiting > mostCounted ? `${mostCounted}+` : waiting}) ${plain}`;
}
