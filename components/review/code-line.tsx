import { HostileText } from "@/components/ui/hostile-text";
import { withKeys } from "@/components/ui/with-keys";
import { colourCode, type TokenKind } from "./colour-code";
import type { Language } from "./drawing-hints";

const LOOKS: Record<TokenKind, string> = {
  key: "text-accent",
  text: "text-warn",
  number: "text-good",
  word: "text-good",
  comment: "text-muted italic",
  plain: "",
};

/** One line of configuration in the colours of its language. */
export function CodeLine({ text, language }: { text: string; language: Language | null }) {
  return withKeys(colourCode(text, language)).map(({ key, value }) => (
    <span key={key} className={LOOKS[value.kind]}>
      <HostileText text={value.text} />
    </span>
  ));
}
