import { HostileText } from "@/components/ui/hostile-text";
import { ScrollRegion } from "@/components/ui/scroll-region";

const SHOWN = 1000;
const SHOWN_LINES = 14;

/** Text as written; a long one is folded and says how long it is. */
export function LongText({ text, marks = [] }: { text: string; marks?: readonly string[] }) {
  const lines = text.split("\n").length;
  if (text.length <= SHOWN && lines <= SHOWN_LINES) return <HostileText text={text} marks={marks} />;
  const head = text
    .split("\n")
    .slice(0, SHOWN_LINES - 4)
    .join("\n")
    .slice(0, SHOWN - 300);
  return (
    <details className="group/text">
      <summary className="list-none">
        <span className="group-open/text:hidden">
          <HostileText text={head} marks={marks} />…
        </span>
        <span className="mt-0.5 block font-medium text-accent text-xs">
          <span className="group-open/text:hidden">Show all </span>
          <span className="hidden group-open/text:inline">Fold </span>
          {text.length.toLocaleString("en-US")} characters{lines > 1 ? `, ${lines} lines` : ""}
        </span>
      </summary>
      <ScrollRegion label="Full text" className="max-h-96 overflow-auto">
        <HostileText text={text} marks={marks} />
      </ScrollRegion>
    </details>
  );
}
