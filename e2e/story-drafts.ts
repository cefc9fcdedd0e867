import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import type { Stage } from "./story";

/** One line of a file of drafts: a submission, and what trusted systems know of its subject. */
export interface StoryDraft {
  action_type: string;
  payload: Record<string, unknown>;
  summary: string;
  subject: { type: string; id: string };
  evidence: { kind: string; title: string; content?: unknown; source?: string }[];
  facts: Record<string, Record<string, unknown>>;
}

/** Drafts of a shop: those of the file, which STORY_DRAFTS may name, or made ones of the same shapes. */
export function storyDrafts(file = process.env.STORY_DRAFTS): StoryDraft[] {
  if (!file) return Array.from({ length: 400 }, (_, serial) => madeDraft(serial));
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const { external_id: _, ...draft } = JSON.parse(line) as StoryDraft & { external_id?: string };
    return draft;
  });
}

const TYPES = [
  "return_delivered_order_items",
  "exchange_delivered_order_items",
  "modify_pending_order_items",
  "cancel_pending_order",
] as const;

function madeDraft(serial: number): StoryDraft {
  const type = TYPES[serial % TYPES.length]!;
  const amount = 305 + ((serial * 37) % 180) + 0.5;
  const order = `#W${7_000_000 + serial}`;
  const customer = `customer_${serial}`;
  const items = { item_ids: [`${1_000_000_000 + serial}`], payment_method_id: "paypal_1" };
  const swapped = { ...items, new_item_ids: [`${2_000_000_000 + serial}`] };
  const payloads: Record<(typeof TYPES)[number], Record<string, unknown>> = {
    return_delivered_order_items: { order_id: order, ...items, amount },
    exchange_delivered_order_items: { order_id: order, ...swapped, amount },
    modify_pending_order_items: { order_id: order, ...swapped, amount },
    cancel_pending_order: { order_id: order, reason: "no longer needed", amount },
  };
  const isPending = type === "modify_pending_order_items" || type === "cancel_pending_order";
  return {
    action_type: type,
    payload: payloads[type],
    summary: `${type.replaceAll("_", " ")} of ${order}`,
    subject: { type: "customer", id: customer },
    evidence: [
      { kind: "message", title: "What the customer asked", content: `Please see to ${order} for me.` },
      {
        kind: "record",
        title: `Order ${order}`,
        source: "orders",
        content: { order_id: order, total: amount + 400 },
      },
    ],
    facts: {
      customer: { id: customer, orders_count: 4 },
      order: { id: order, status: isPending ? "pending" : "delivered", total: amount + 400 },
    },
  };
}

/** What became of a submission. */
export interface Submitted {
  id: string;
  status: string;
  tier: string;
  route: string;
  draft: StoryDraft;
}

/** Tells what trusted systems know of a draft, and submits it. */
export async function submitDraft(stage: Stage, draft: StoryDraft): Promise<Submitted> {
  const { facts, ...submission } = draft;
  for (const [type, { id, ...values }] of Object.entries(facts)) {
    const path = `/facts/${type}/${encodeURIComponent(String(id))}`;
    const pushed = await stage.api("PUT", path, { facts: values }, stage.factsKey);
    expect(pushed.status, JSON.stringify(pushed.body)).toBe(200);
  }
  const { status, body } = await stage.api("POST", "/drafts", submission);
  expect(status, JSON.stringify(body)).toBe(201);
  return { ...(body as unknown as Omit<Submitted, "draft">), draft };
}

/** Submits drafts, from `from` on, until `count` of them wait where `wanted` says. */
export async function submitUntil(
  stage: Stage,
  count: number,
  wanted: (submitted: Submitted) => boolean,
  drafts: readonly StoryDraft[] = storyDrafts(),
): Promise<Submitted[]> {
  const found: Submitted[] = [];
  for (const draft of drafts) {
    if (found.length >= count) break;
    const submitted = await submitDraft(stage, draft);
    if (wanted(submitted)) found.push(submitted);
  }
  expect(found.length, "drafts that wait as the story needs them").toBe(count);
  return found;
}
