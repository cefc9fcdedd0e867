import { requirePermission } from "@/lib/auth/permissions";
import { getDatabase } from "@/lib/db/database";
import { type LiveMessage, subscribe } from "@/lib/live/live-hub";
import { failureOf } from "./action";
import { requireSession } from "./console-route";

/** Proxies close what is silent for long, and the browser takes silence for a lost connection. */
const HEARTBEAT_MS = 15_000;
/** Then the browser connects anew, and whoever has lost their session or role is not let in again. */
const LIFE_MS = 4 * 60_000;
const RETRY_MS = 1_500;

/**
 * Answers a signed-in person's browser with a stream of server-sent events (WHATWG HTML, section 9.2): one `data` line of
 * JSON for each LiveMessage. Ends by itself after a few minutes; the browser connects again and reads anew.
 */
export async function answerLive(request: Request): Promise<Response> {
  try {
    const { personId } = requirePermission(await requireSession(), "inbox.read");
    return new Response(stream(personId, request.signal), {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    // EventSource connects again after anything but 204, which says not to.
    failureOf(error);
    return new Response(null, { status: 204 });
  }
}

function stream(personId: string, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          stop();
        }
      };
      const unsubscribe = subscribe(getDatabase(), personId, (message: LiveMessage) =>
        write(`data: ${JSON.stringify(message)}\n\n`),
      );
      const heartbeat = setInterval(() => write("event: beat\ndata:\n\n"), HEARTBEAT_MS);
      const end = setTimeout(() => stop(), LIFE_MS);
      stop = () => {
        stop = () => {};
        unsubscribe();
        clearInterval(heartbeat);
        clearTimeout(end);
        signal.removeEventListener("abort", onAbort);
        try {
          controller.close();
        } catch {
          // Closed already, by the browser.
        }
      };
      const onAbort = () => stop();
      signal.addEventListener("abort", onAbort);
      if (signal.aborted) stop();
      else write(`retry: ${RETRY_MS}\n\n`);
    },
    cancel: () => stop(),
  });
}
