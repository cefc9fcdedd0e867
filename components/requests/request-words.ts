import type { OwnRequest } from "@/lib/drafting/list-draft-requests";
import type { RequestStatus } from "@/lib/drafting/request";

/** The way of a request that goes well. */
export const STEPS = [
  { status: "queued", label: "Queued" },
  { status: "writing", label: "Writing" },
  { status: "checking", label: "Checking" },
  { status: "submitted", label: "Submitted" },
] as const satisfies { status: RequestStatus; label: string }[];

/** How far it has come: the index of its step, also where it ended on the way. */
export function stepOf({ status, attempts }: Pick<OwnRequest, "status" | "attempts">): number {
  const index = STEPS.findIndex((step) => step.status === status);
  return index >= 0 ? index : attempts > 0 ? 1 : 0;
}

/** What happens now, in a sentence. `nowMs` is milliseconds since 1970. */
export function progressOf(
  request: Pick<OwnRequest, "status" | "attempts" | "waiting">,
  nowMs: number,
): string {
  const { status, attempts, waiting } = request;
  if (status === "queued") return "Waits for its turn.";
  if (status === "checking") return "The draft is written; policy decides who looks at it.";
  if (waiting) {
    const seconds = Math.ceil((Date.parse(waiting.until) - nowMs) / 1000);
    return `${waiting.because} ${seconds > 0 ? `Tried again in ${seconds} s.` : "It is tried again now."}`;
  }
  return attempts === 0
    ? "The model writes the draft."
    : "The model was told what is wrong with its answer, and writes it again.";
}

/** Where the draft of a request is now, for whoever asked for it. */
export function whereaboutsOf({ status, route }: NonNullable<OwnRequest["draft"]>): string {
  switch (status) {
    case "pending":
      return route === "named_approver"
        ? "It waits for a named approver. You asked for it, so somebody else decides it."
        : "It waits in the batch queue. You asked for it, so somebody else decides it.";
    case "blocked":
      return "Policy forbids it, whoever asks.";
    case "approved":
      return "It is approved, and waits to be carried out.";
    case "executing":
      return "It is approved, and being carried out.";
    case "executed":
      return "It was carried out.";
    case "failed":
      return "It was approved, but carrying it out failed.";
    case "rejected":
      return "It was rejected.";
    case "changes_requested":
      return "Somebody asked for changes. Ask again, with what they want.";
    case "expired":
      return "Nobody decided it in time.";
    case "withdrawn":
      return "It was taken back.";
  }
}

/** What went wrong, as a heading over its reason. */
export const failureTitle = (code: string): string =>
  code === "cannot_draft" ? "Something is missing" : "No draft came of it";

/** What it cost, in words; null where nothing was asked yet. */
export function costOf({
  attempts,
  tokens,
  model,
}: Pick<OwnRequest, "attempts" | "tokens" | "model">): string | null {
  if (attempts === 0) return null;
  const total = (tokens.prompt + tokens.completion).toLocaleString("en-US");
  const asked = attempts === 1 ? "asked once" : `asked ${attempts} times`;
  return `${model ?? "model"} ${asked} · ${total} tokens`;
}

/** What somebody attached: JSON where it is an object or a list, else the text as it stands. */
export function contentOf(text: string): { content: unknown; isJson: boolean } {
  if (!/^\s*[[{]/.test(text)) return { content: text, isJson: false };
  try {
    return { content: JSON.parse(text), isJson: true };
  } catch {
    return { content: text, isJson: false };
  }
}

/** Attached content as it can be typed again. */
export const textOf = (content: unknown): string =>
  typeof content === "string" ? content : JSON.stringify(content, null, 2);
