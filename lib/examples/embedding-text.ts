import type { EmbedInput } from "./embedder-builtin";
import { redactExample, secretsIn } from "./redact";
import { maskContacts, maskIdentifiers } from "./redact-text";
import type { RedactionRules } from "./redaction-rules";

/** Part of a remote embedder's name: whatever changes what is sent needs a new one, so that all is embedded anew. */
export const TEXT_RECIPE = "text-v2";

/** A model that reads 512 tokens reads all of it. */
const MAX_TEXT = 1800;
const MAX_SUMMARY = 300;
const MAX_FIELDS = 600;
const MAX_VALUE = 160;
const MAX_NODES = 160;
const MAX_DEPTH = 8;
const MAX_PIECES_OF_EVIDENCE = 12;

/** A record is mostly addresses and identifiers; these keys say what state its subject is in. */
const SALIENT_KEY =
  /(?:^|_)(?:status|state|reason|tier|plan|category|priority|severity|type|method|currency|environment)$/i;
const SECRET_KEY =
  /pass(?:word|phrase|code)|secret|token|api_?key|private_?key|credential|authorization|cookie|^cvv|^cvc|^pin$|^ssn$|iban/i;

/**
 * What an endpoint is sent of a draft: kind of action, summary, amount, payload fields, states of its records, messages;
 * at most 1,800 characters. What `rules` redact for agents leaves the house here neither; fields that are secret by their
 * name are left out, and identifiers, card and telephone numbers and e-mail addresses are masked: they belong to one
 * draft, and say nothing about likeness.
 */
export function embeddingText(input: EmbedInput, rules: RedactionRules): string {
  const evidence = input.evidence.slice(0, MAX_PIECES_OF_EVIDENCE);
  const messages = evidence.filter(({ kind }) => kind === "message").map(({ content }) => textOf(content));
  const told = redactExample(
    {
      // More than is sent, so that a value cut in two at the end of what is read does not get through.
      summary: input.summary.slice(0, 2 * MAX_SUMMARY),
      subject: { type: input.subjectType, id: "" },
      proposedPayload: input.payload,
      finalPayload: null,
      reason: messages.join("\n").slice(0, 2 * MAX_TEXT),
    },
    rules,
  );
  const secrets = secretsIn(input.payload, rules);
  const fields = linesOf(told.proposedPayload, "", true);
  const states = evidence
    .flatMap(({ kind, content }) => (kind === "message" ? [] : linesOf(content, "", false)))
    .map((line) => secrets.wipe(line));
  const amount =
    typeof input.amount === "number" && !secrets.isIn(String(input.amount)) ? input.amount : null;
  return [
    `${words(input.actionType)} for a ${words(input.subjectType)}`,
    told.summary.slice(0, MAX_SUMMARY),
    amount === null ? "" : `amount: ${amount}`,
    [...fields, ...states].join("\n").slice(0, MAX_FIELDS),
    told.reason ?? "",
  ]
    .filter(Boolean)
    .join("\n")
    .replaceAll(MASK, "#")
    .slice(0, MAX_TEXT);
}

/** One token stands for all that is masked: what it was says nothing. */
const MASK = /\[(?:redacted|id|email|phone|card|iban)\]/g;

function linesOf(value: unknown, key: string, every: boolean): string[] {
  const walk: Walk = { nodes: MAX_NODES, lines: [], every };
  collect(walk, value, key, 0);
  return walk.lines;
}

interface Walk {
  nodes: number;
  lines: string[];
  /** Whether every field is told, or only what says in which state something is. */
  every: boolean;
}

/** Plain values come before nested ones, so that a long list of items cannot crowd out a status. */
function collect(walk: Walk, value: unknown, key: string, depth: number): void {
  if (value === null || value === undefined || depth > MAX_DEPTH || walk.nodes-- <= 0) return;
  if (SECRET_KEY.test(key)) return;
  if (typeof value !== "object") {
    if (walk.every || SALIENT_KEY.test(key)) walk.lines.push(`${words(key)}: ${plain(value)}`);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) collect(walk, item, key, depth + 1);
    return;
  }
  const children = Object.entries(value);
  for (const nested of [false, true]) {
    for (const [name, child] of children) {
      const isNested = typeof child === "object" && child !== null;
      if (isNested === nested) collect(walk, child, name, depth + 1);
    }
  }
}

/** From here on a number is a telephone number or an identifier that came without quotes. */
const MOST = 1e9;

const plain = (value: unknown): string =>
  typeof value === "number" && Math.abs(value) >= MOST ? "#" : masked(String(value).slice(0, MAX_VALUE));

const textOf = (content: unknown): string =>
  typeof content === "string" ? content.slice(0, 2 * MAX_TEXT) : linesOf(content, "message", true).join("\n");

const words = (name: string): string => masked(name.replaceAll(/[_-]+/g, " ").slice(0, 60));

const masked = (text: string): string => maskIdentifiers(maskContacts(text));
