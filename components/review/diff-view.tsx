import { classNames } from "@/components/ui/class-names";
import { HostileText } from "@/components/ui/hostile-text";
import { ScrollRegion } from "@/components/ui/scroll-region";

const KINDS = {
  added: "bg-good-soft text-good",
  removed: "bg-bad-soft text-bad",
  place: "text-accent",
  file: "font-semibold text-muted",
  same: "",
};

/** A unified diff, with what it adds and removes told by sign and colour. */
export function DiffView({ text }: { text: string }) {
  const lines = text.replace(/\n$/, "").split("\n");
  const added = lines.filter((line) => kindOf(line) === "added").length;
  const removed = lines.filter((line) => kindOf(line) === "removed").length;
  return (
    <figure className="overflow-hidden rounded-md border">
      <figcaption className="tabular border-b bg-sunken px-2.5 py-0.5 text-muted text-xs">
        {added} added, {removed} removed
      </figcaption>
      <ScrollRegion label="Diff" className="max-h-80 overflow-auto py-1 font-mono text-xs leading-[1.125rem]">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one diff never move
          <code key={index} className={classNames("block min-h-[1.125rem] px-2.5", KINDS[kindOf(line)])}>
            <HostileText text={line} />
          </code>
        ))}
      </ScrollRegion>
    </figure>
  );
}

function kindOf(line: string): keyof typeof KINDS {
  if (/^(\+\+\+ |--- |diff --git |index )/.test(line)) return "file";
  if (line.startsWith("@@")) return "place";
  if (line.startsWith("+")) return "added";
  return line.startsWith("-") ? "removed" : "same";
}
