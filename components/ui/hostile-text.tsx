import { codeOf, type TextPart, textParts } from "./text-parts";
import { withKeys } from "./with-keys";

/**
 * Text that somebody else wrote, harmless: only ever text, with what cannot be seen in it (bidi controls, zero-width
 * and tag characters) shown by name, and words that mix alphabets underlined. `marks` are set off, to find what the
 * payload took from it; `find` is what the reader looks for.
 */
export function HostileText({
  text,
  marks = [],
  find = "",
  oneLine = false,
}: {
  text: string;
  marks?: readonly string[];
  find?: string;
  /** Keeps short values, such as identifiers in a table, from being broken. */
  oneLine?: boolean;
}) {
  return (
    <span dir="auto" className={oneLine ? "foreign-line" : "foreign"}>
      {withKeys(textParts(text, { marks, find })).map(({ key, value }) => (
        <Part key={key} part={value} />
      ))}
    </span>
  );
}

function Part({ part: { kind, text, name = "" } }: { part: TextPart }) {
  switch (kind) {
    case "plain":
      return text;
    case "marked":
      return <mark className="rounded-sm bg-accent-soft text-ink">{text}</mark>;
    case "found":
      return (
        <mark
          data-found=""
          className="rounded-sm bg-warn-soft text-ink outline-warn outline-dotted outline-1 data-current:bg-warn data-current:text-surface"
        >
          {text}
        </mark>
      );
    case "mixed":
      return (
        <span
          title="This word mixes alphabets whose letters look alike."
          className="rounded-sm bg-bad-soft text-bad underline decoration-wavy underline-offset-2"
        >
          {text}
        </span>
      );
    case "hidden":
      return (
        <span
          role="img"
          title={name}
          aria-label={`[${name}]`}
          className="mx-px rounded-sm bg-bad-soft px-0.5 font-mono text-2xs text-bad"
        >
          {codeOf(name)}
        </span>
      );
  }
}
