import { Megaphone, TriangleAlert } from "lucide-react";
import { memo, useMemo } from "react";
import { mixedScriptWords } from "@/lib/trust/mixed-script-words";
import { revealHidden } from "@/lib/trust/suspicious-text";
import { notesToApprover } from "./notes-to-approver";

const MOST = 3;

/** Says which phrases speak to whoever decides. They are evidence of somebody's wish, and no rule reads them. */
export const NoteToApprover = memo(function NoteToApprover({ text }: { text: string }) {
  const notes = useMemo(() => notesToApprover(text, MOST), [text]);
  if (notes.length === 0) return null;
  return (
    <p className="my-1 flex items-start gap-1.5 rounded bg-warn-soft px-2 py-1 text-warn text-xs not-italic">
      <Megaphone aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
      <span className="foreign">
        Addressed to the approver: {notes.map((note) => `“${note}”`).join(", ")}. The policy does not read it.
      </span>
    </p>
  );
});

/** Says that a text hides something: characters that cannot be seen, or letters that pass for others. */
export const HiddenWarning = memo(function HiddenWarning({ text }: { text: string }) {
  const { hidden, mixed } = useMemo(
    () => ({
      hidden: revealHidden(text).filter(({ kind }) => kind === "hidden").length,
      mixed: mixedScriptWords(text, 5),
    }),
    [text],
  );
  if (hidden === 0 && mixed.length === 0) return null;
  return (
    <p className="my-1 flex items-start gap-1.5 rounded bg-bad-soft px-2 py-1 text-bad text-xs">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
      <span className="foreign">
        {hidden > 0 &&
          `Holds ${hidden.toLocaleString("en-US")} hidden ${hidden === 1 ? "passage" : "passages"}, shown by code. `}
        {mixed.length > 0 && `Mixes alphabets that look alike in: ${mixed.join(", ")}.`}
      </span>
    </p>
  );
});
