import type { Tier } from "./scrutiny";

export type Excerpt = { heading: string; text: string; line: number };

/**
 * The section of policy.md to quote: the one whose heading is `cites`, else the first whose heading names the tier.
 * `text` is the section without its heading, subsections included; `line` is the heading's, counted from 1.
 * Null when there is no such section. Headings are `#` lines outside code fences; case and markup do not matter.
 */
export function findExcerpt(
  markdown: string,
  { cites, tier }: { cites: string | null; tier: Tier },
): Excerpt | null {
  const headings = listHeadings(markdown);
  const tierWord = new RegExp(`\\b${tier}\\b`, "i");
  const index = headings.findIndex(({ heading }) =>
    cites === null ? tierWord.test(heading) : normalise(heading) === normalise(cites),
  );
  const start = headings[index];
  if (!start) return null;
  const end = headings.slice(index + 1).find(({ level }) => level <= start.level);
  const text = markdown
    .split(/\r?\n/)
    .slice(start.line, end ? end.line - 1 : undefined)
    .join("\n")
    .trim();
  return { heading: start.heading, text, line: start.line };
}

function listHeadings(markdown: string): { heading: string; level: number; line: number }[] {
  const headings: { heading: string; level: number; line: number }[] = [];
  let fence: string | null = null;
  for (const [index, text] of markdown.split(/\r?\n/).entries()) {
    const marker = /^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1];
    if (fence !== null) {
      if (marker?.startsWith(fence)) fence = null;
    } else if (marker) {
      fence = marker;
    } else {
      const match = /^ {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$/.exec(text);
      if (match) headings.push({ heading: match[2]!, level: match[1]!.length, line: index + 1 });
    }
  }
  return headings;
}

const normalise = (heading: string) =>
  heading.replace(/[*_`]/g, "").replace(/^#+/, "").replace(/\s+/g, " ").trim().toLowerCase();
