import { revealHidden } from "@/lib/trust/suspicious-text";
import { splitMarks } from "./split-marks";

/**
 * Text that somebody else wrote, harmless: only ever text, with what cannot be seen in it (bidi controls, zero-width
 * and tag characters) shown by name. `marks` are set off, to find what the payload took from it.
 */
export function HostileText({
  text,
  marks = [],
  oneLine = false,
}: {
  text: string;
  marks?: readonly string[];
  /** Keeps short values, such as identifiers in a table, from being broken. */
  oneLine?: boolean;
}) {
  return (
    <span dir="auto" className={oneLine ? "foreign-line" : "foreign"}>
      {withKeys(revealHidden(text)).map(({ key, value }) =>
        value.kind === "hidden" ? (
          <HiddenCharacter key={key} name={value.name ?? ""} />
        ) : (
          withKeys(splitMarks(value.text, marks)).map((part) =>
            part.value.marked ? (
              <mark key={`${key}-${part.key}`} className="rounded-sm bg-accent-soft text-ink">
                {part.value.text}
              </mark>
            ) : (
              part.value.text
            ),
          )
        ),
      )}
    </span>
  );
}

function HiddenCharacter({ name }: { name: string }) {
  const code = /\((U\+[0-9A-F]+)\)( × \d+)?$/.exec(name);
  return (
    <span
      role="img"
      title={name}
      aria-label={`[${name}]`}
      className="mx-px rounded-sm bg-bad-soft px-0.5 font-mono text-2xs text-bad"
    >
      {code ? `${code[1]}${code[2] ?? ""}` : name}
    </span>
  );
}

/** Parts of a text never move, so their position is their identity. */
const withKeys = <Value,>(values: Value[]) => values.map((value, key) => ({ key, value }));
