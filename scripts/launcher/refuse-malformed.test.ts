import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { problemSchema } from "@/lib/openapi/answers";
import { refuseMalformed } from "./refuse-malformed.mjs";

const server = createServer((request, response) => {
  if (!refuseMalformed(request, response)) response.end("served");
});
beforeAll(() => new Promise<void>((done) => void server.listen(0, "127.0.0.1", done)));
afterAll(() => server.close());

/** Written by hand: no client would send these. */
const send = (line: string) =>
  new Promise<string>((done) => {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () =>
      socket.write(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    let text = "";
    socket.on("data", (data) => {
      text += data;
    });
    socket.on("close", () => done(text));
  });

it.each([
  ["GET /api/v1/drafts/%ff", 422],
  ["GET /api/v1/drafts/%zz", 422],
  ["PUT /api/v1/facts/order/%", 422],
  ["GET /drafts/a%00", 422],
  ["TRACE /api/v1/drafts", 405],
])("refuses %s with a problem document", async (line, status) => {
  const text = await send(line);
  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*application/problem\\+json`, "i"));
  const body = JSON.parse(/\{.*\}/.exec(text)?.[0] ?? "");
  expect(problemSchema.parse(body)).toEqual(body);
  expect(body.status).toBe(status);
});

it.each([
  "GET /",
  "GET /api/v1/drafts?action_type=%ff",
  "PUT /api/v1/facts/order/%23W1%2F%25",
  "POST /a/%F0%9F%92%A5",
])("leaves %s alone", async (line) => expect(await send(line)).toContain("served"));
