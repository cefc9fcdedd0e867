import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { problemSchema } from "@/lib/openapi/answers";
import { OPERATIONS } from "@/lib/openapi/operations";
import { loadPolicies } from "@/lib/policy-files/load-policies";

const ROOT = "app/api/v1";
type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Response | Promise<Response>;
type Route = { segments: string[]; handlers: Record<string, Handler> };

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

export interface Call {
  key?: string;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, as application/json unless `headers` say otherwise. */
  raw?: BodyInit | Buffer;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** The agents' API served on loopback by its real route handlers, over a database and policies of its own. */
export interface TestApi {
  database: TestDatabase;
  world: TestWorld;
  url: string;
  owner: Context<PersonActor>;
  shop: { ctx: Context<KeyActor>; key: string };
  rival: { ctx: Context<KeyActor>; key: string };
  crm: { ctx: Context<KeyActor>; key: string };
  /** Calls the API and checks on the way that the answer is one that the OpenAPI document allows. */
  call(method: string, path: string, call?: Call): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts the API. `policies` are folders added to the shipped ones: file names to contents, by action type. */
export async function startTestApi(
  policies: Record<string, Record<string, unknown>> = {},
  settings: Record<string, string> = {},
): Promise<TestApi> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));
  cpSync("policies", folder, { recursive: true });
  for (const [actionType, files] of Object.entries(policies)) {
    mkdirSync(join(folder, actionType));
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, actionType, name), JSON.stringify(content));
    }
  }
  const database = await createTestDatabase();
  Object.assign(process.env, { DATABASE_URL: database.url, POLICIES_DIR: folder, ...settings });
  const world = await createTestWorld(database.db);
  const owner = await world.person("owner", { roles: ["admin"] });
  const shop = await world.agent("shop", owner.actor.personId);
  const rival = await world.agent("rival", owner.actor.personId);
  const crm = await world.integration("crm", owner.actor.personId);
  world.policies = loadPolicies(folder);
  owner.policies = world.policies;

  const routes = await loadRoutes();
  const server = createServer((incoming, outgoing) => void serve(routes, incoming, outgoing));
  // A busy machine may pause a test for longer than Node keeps a connection open.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;

  return {
    database,
    world,
    url,
    owner,
    shop,
    rival,
    crm,
    call: (method, path, options = {}) => call(url, method, path, options),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      const { getDatabase } = await import("@/lib/db/database");
      await getDatabase().close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function loadRoutes(): Promise<Route[]> {
  const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith("/route.ts"),
  );
  const routes = await Promise.all(
    files.map(async (file) => ({
      segments: file.split("/").slice(0, -1),
      handlers: (await import(resolve(ROOT, file))) as Record<string, Handler>,
    })),
  );
  // As Next does: what is fixed goes before what is not, and the catch-all comes last.
  return routes.sort((a, b) => rank(a) - rank(b));
}

const rank = ({ segments }: Route): number =>
  segments.some((segment) => segment.includes("[..."))
    ? 100
    : segments.filter((s) => s.startsWith("[")).length;

const matches = ({ segments }: Route, parts: string[]): boolean =>
  segments.every((segment, index) => segment.startsWith("[") || segment === parts[index]) &&
  (segments.length === parts.length || segments.at(-1)!.includes("[..."));

async function serve(routes: Route[], incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const aborted = new AbortController();
  outgoing.on("close", () => outgoing.writableFinished || aborted.abort());
  const method = incoming.method ?? "GET";
  const body = Buffer.concat(await incoming.toArray());
  const request = new Request(`http://127.0.0.1${incoming.url}`, {
    method,
    headers: incoming.headers as Record<string, string>,
    body: body.length > 0 ? body : null,
    signal: aborted.signal,
  });
  const parts = (incoming.url ?? "")
    .split("?")[0]!
    .replace(/^\/api\/v1\/?/, "")
    .split("/")
    .filter(Boolean);
  const handler = routes.find((route) => matches(route, parts))?.handlers[method];
  const response = handler
    ? await handler(request, { params: Promise.resolve({}) })
    : new Response(null, { status: 405 });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

async function call(url: string, method: string, path: string, options: Call): Promise<Answer> {
  const { key, json, raw, headers, signal } = options;
  const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body, duplex: "half" }),
    ...(signal ? { signal } : {}),
  } as RequestInit);
  const text = await response.text();
  const answer: Answer = {
    status: response.status,
    headers: response.headers,
    body: text === "" ? null : JSON.parse(text),
  };
  if (method !== "HEAD" && method !== "OPTIONS") expectDocumented(method, path, answer, text, key);
  return answer;
}

/** A refusal is a problem document without inner workings; anything else is what the operation's schema says. */
function expectDocumented(method: string, path: string, answer: Answer, text: string, key?: string): void {
  if (answer.status >= 400) {
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(problemSchema.parse(answer.body)).toEqual(answer.body);
    expect(answer.body.status).toBe(answer.status);
    expect(text).not.toMatch(/\.ts:\d|node_modules| {4}at |postgres|SELECT|INSERT/);
    if (key && key.length > 8) expect(text).not.toContain(key);
    return;
  }
  const pathname = path.split("?")[0]!;
  const operation = OPERATIONS.find(
    (candidate) =>
      candidate.method === method.toLowerCase() &&
      new RegExp(`^${candidate.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(pathname),
  );
  if (!operation) return;
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.status).toBe(operation.answer.status);
  expect(operation.answer.schema.parse(answer.body)).toEqual(answer.body);
}
