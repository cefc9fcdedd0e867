import type { Language } from "./drawing-hints";

export type TokenKind = "key" | "text" | "number" | "word" | "comment" | "plain";
export interface Token {
  text: string;
  kind: TokenKind;
}

const QUOTED = `"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'`;
const NUMBER = `[-+]?\\d[\\d_]*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?(?![\\w.-])`;
const WORD = `(?:true|false|null|yes|no|on|off|~)(?![\\w.-])`;

/** In order: the first that matches where the last token ended wins. Keys are only sought where a key may stand. */
const GRAMMARS: Record<Language, { comment: RegExp | null; key: RegExp; value: RegExp }> = {
  json: {
    comment: null,
    key: /(?<lead>^|[{,]|\s)(?<key>"(?:[^"\\]|\\.)*")(?=\s*:)/y,
    value: new RegExp(`(?<text>${QUOTED})|(?<number>${NUMBER})|(?<word>${WORD})`, "y"),
  },
  yaml: {
    comment: /(?<=^|\s)#.*$/,
    key: /^(?<lead>\s*(?:- +)*)(?<key>(?:"[^"]*"|'[^']*'|[^\s#:"'[\]{},&*!|>%@`-][^#:]*?))(?=\s*:(?:\s|$))/y,
    value: new RegExp(`(?<text>${QUOTED})|(?<number>${NUMBER})|(?<word>${WORD})`, "y"),
  },
  properties: {
    comment: /^\s*[#;!].*$|(?<=\s)#.*$/,
    key: /^(?<lead>\s*)(?<key>\[[^\]]*\]|[^\s=:#;]+)(?=\s*[=:]|\s*$)/y,
    value: new RegExp(`(?<text>${QUOTED})|(?<number>${NUMBER})|(?<word>${WORD})`, "y"),
  },
};

const LONGEST = 2_000;

/**
 * One line of configuration as coloured tokens; joined, they are the line. Goes by the line alone, so a text over several
 * lines is plain; a very long line is one plain token.
 */
export function colourCode(line: string, language: Language | null): Token[] {
  if (language === null || line.length > LONGEST) return line === "" ? [] : [{ text: line, kind: "plain" }];
  const { comment, key, value } = GRAMMARS[language];
  const commentAt = comment ? findComment(line, comment) : -1;
  const code = commentAt < 0 ? line : line.slice(0, commentAt);
  const tokens: Token[] = [];
  let at = 0;
  const push = (text: string, kind: TokenKind) => {
    if (text === "") return;
    const last = tokens.at(-1);
    if (last?.kind === kind && kind === "plain") last.text += text;
    else tokens.push({ text, kind });
    at += text.length;
  };
  while (at < code.length) {
    key.lastIndex = at;
    const named = key.exec(code)?.groups;
    if (named?.key) {
      push(named.lead ?? "", "plain");
      push(named.key, "key");
      continue;
    }
    value.lastIndex = at;
    const isStart = at === 0 || /[\s:=,[{(]/.test(code[at - 1] ?? "");
    const found = isStart ? value.exec(code)?.groups : undefined;
    const kind = (["text", "number", "word"] as const).find((each) => found?.[each]);
    if (kind) push(found?.[kind] ?? "", kind);
    else push(code[at] ?? "", "plain");
  }
  if (commentAt >= 0) tokens.push({ text: line.slice(commentAt), kind: "comment" });
  return tokens;
}

/** Where the line's comment begins, outside quotes; −1 when it has none. */
function findComment(line: string, comment: RegExp): number {
  const unquoted = line.replace(new RegExp(QUOTED, "g"), (text) => "_".repeat(text.length));
  return comment.exec(unquoted)?.index ?? -1;
}
