import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { callApi, NoAnswer } from "./call-api";

let stop = () => {};
afterEach(() => stop());

async function serve(answers: ((request: IncomingMessage, response: ServerResponse) => void)[]) {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(keys.length, answers.length - 1)]!;
    keys.push(request.headers["idempotency-key"]);
    request.resume().on("end", () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/drafts`;
  const waits: number[] = [];
  const call = () =>
    callApi({ method: "POST", url, key: "csk_x", body: {}, idempotencyKey: "same" }, async (ms) => {
      waits.push(ms);
    });
  return { call, keys, waits };
}
const status =
  (code: number, body = "{}", headers = {}) =>
  (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(code, headers);
    response.end(body);
  };

test("429, 5xx and a lost connection are tried again with the same idempotency key", async () => {
  const hangUp = (request: IncomingMessage) => request.socket.destroy();
  const { call, keys, waits } = await serve([
    status(503),
    status(429, "", { "retry-after": "7" }),
    hangUp,
    status(201, '{"id":"drf_1"}'),
  ]);
  expect(await call()).toEqual({ ok: true, body: { id: "drf_1" } });
  expect(keys).toEqual(["same", "same", "same", "same"]);
  expect(waits).toEqual([250, 7000, 1000]);
});

test("a refusal is final, with its code and the fields it names", async () => {
  const body = JSON.stringify({
    code: "invalid_payload",
    detail: "No.",
    errors: [{ path: "/amount", message: "≥ 0" }],
  });
  const { call, keys } = await serve([status(422, body)]);
  expect(await call()).toEqual({
    ok: false,
    status: 422,
    code: "invalid_payload",
    detail: "No. | /amount: ≥ 0",
  });
  expect(keys).toHaveLength(1);
});

test("no answer in eight attempts is said to be none", async () => {
  const { call, keys } = await serve([status(500)]);
  await expect(call()).rejects.toThrow(NoAnswer);
  expect(keys).toHaveLength(8);
});
