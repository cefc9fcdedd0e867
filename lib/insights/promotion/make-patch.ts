import { createTwoFilesPatch } from "diff";

/** One file before and after; `path` is from the top of the repository. */
export interface FileChange {
  path: string;
  /** Null where the file is new. */
  before: string | null;
  after: string;
}

export interface Commit {
  author: { name: string; email: string };
  at: Date;
  subject: string;
  /** Paragraphs; what people wrote may hold anything. */
  body: string;
}

/** The files that differ, as `git diff` writes them. */
function makeDiff(changes: readonly FileChange[]): string {
  return changes
    .filter(({ before, after }) => before !== after)
    .map(({ path, before, after }) => {
      const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before ?? "", after, undefined, undefined, {
        context: 3,
      });
      // The library's own heading says nothing to git.
      const hunks = patch.slice(patch.indexOf("--- "));
      const isNew = before === null;
      const head = `diff --git a/${path} b/${path}\n${isNew ? "new file mode 100644\n" : ""}`;
      const from = isNew ? hunks.replace(/^--- .*$/m, "--- /dev/null") : hunks;
      return head + from.replace(/^(---|\+\+\+) (.*?)\t.*$/gm, "$1 $2");
    })
    .join("");
}

/** A patch that `git am` commits and `git apply` applies: one mail, with the reasoning as its text. */
export function makePatch(commit: Commit, changes: readonly FileChange[]): string {
  const { author, at, subject, body } = commit;
  return [
    "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001",
    `From: ${mailText(author.name)} <${author.email.replace(/[<>\s]/g, "")}>`,
    `Date: ${at.toUTCString().replace("GMT", "+0000")}`,
    `Subject: [PATCH] ${mailText(oneLine(subject))}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    mailBody(body),
    "",
    "---",
    "",
    `${makeDiff(changes)}-- `,
    "Countersign",
    "",
  ].join("\n");
}

export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** A header is to have no more than 76 characters on a line (RFC 2047): a word, its frame and what stands before it. */
const MOST_BYTES_OF_WORD = 30;

/** A header's text: plain where it is ASCII, else encoded (RFC 2047) in words short enough for a mail. */
function mailText(text: string): string {
  const plain = oneLine(text).replace(/[<>"\\]/g, "");
  if (/^[\x20-\x7e]*$/.test(plain)) return plain;
  const words: string[] = [];
  let chunk = "";
  for (const character of plain) {
    if (Buffer.byteLength(chunk + character) > MOST_BYTES_OF_WORD) {
      words.push(chunk);
      chunk = "";
    }
    chunk += character;
  }
  return [...words, chunk].map((word) => `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=`).join("\n ");
}

/** The text with nothing in it that would end the message, begin a header or another diff. */
const mailBody = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what people typed may hold anything
    .replace(/[\x00-\x08\x0b-\x1f\x7f]/g, "")
    .split("\n")
    .map((line) => (STRUCTURE.test(line) ? ` ${line}` : line))
    .join("\n")
    .trim();

const STRUCTURE = /^(---|\+\+\+|diff |Index: |From |From:|Subject:|Date:|@@|>From|-- )/;
