import type { ActionFailure, ActionResult } from "@/lib/adapters/action";

/**
 * Asks the server for JSON: GET without `body`, POST with one. Never throws: an answer that did not come is a failure
 * with the code `unavailable`.
 */
export async function call<Data>(
  path: string,
  body?: unknown,
  options: { keepalive?: boolean; signal?: AbortSignal } = {},
): Promise<ActionResult<Data>> {
  try {
    const response = await fetch(path, {
      ...options,
      ...(body === undefined
        ? {}
        : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    return (await response.json()) as ActionResult<Data>;
  } catch {
    return UNREACHABLE;
  }
}

const UNREACHABLE: ActionFailure = {
  ok: false,
  code: "unavailable",
  message: "The server could not be reached. Nothing you typed is lost; try again.",
};
