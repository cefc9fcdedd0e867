import { diffLines as compareLines } from "diff";

/** A run of lines that two texts share, that only the first has, or that only the second has. */
export interface LineRun {
  kind: "same" | "removed" | "added";
  lines: string[];
}

/** Beyond so many changed lines the texts count as replaced: nobody reads such a diff, and it would take too long. */
const MOST_CHANGES = 2_000;

/** The line diff of two texts, in order; texts that hardly share a line are one removal and one addition. */
export function diffTexts(from: string, to: string): LineRun[] {
  const runs = compareLines(withLastBreak(from), withLastBreak(to), { maxEditLength: MOST_CHANGES });
  if (!runs) return [run("removed", from), run("added", to)].filter(({ lines }) => lines.length > 0);
  return runs.map(({ added, removed, value }) => run(added ? "added" : removed ? "removed" : "same", value));
}

/** A missing break at the end is no change worth a line. */
const withLastBreak = (text: string) => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

function run(kind: LineRun["kind"], text: string): LineRun {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return { kind, lines };
}
