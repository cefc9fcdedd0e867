import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sql } from "@/lib/db/sql";
import { decidePromotion } from "./decide-promotion";
import { getPromotion } from "./get-promotion";
import { openPullRequest } from "./open-pull-request";
import { createPromotionFixture, type PromotionFixture } from "./promotion-fixture";
import { proposePromotion } from "./propose-promotion";
import { retryPullRequest } from "./retry-pull-request";

let the: PromotionFixture;
let forge: FakeForge;
let server: Server;
let clock = new Date();
const BASE = "b".repeat(40);
const SETTINGS = ["PROMOTION_REPOSITORY", "PROMOTION_TOKEN", "PROMOTION_FORGE", "PROMOTION_API_URL"] as const;

/** A forge with one repository, in memory: what it is asked, what it holds, and what it is to fail at. */
interface FakeForge {
  files: Record<string, string>;
  branches: Map<string, { files: Record<string, string>; message: string }>;
  requests: { head: string; base: string; title: string; body: string; url: string }[];
  calls: string[];
  /** Answers this status instead, once per entry, to calls whose line begins so. */
  failing: { call: string; status: number; after?: boolean }[];
}

beforeAll(async () => {
  the = await createPromotionFixture(() => clock);
  await the.decideBy(
    500,
    Array.from({ length: 62 }, (_, at) => 51 + at),
  );
  clock = new Date(Date.now() + 1000);
  server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(async () => {
  server?.close();
  await the?.remove();
});

async function accepted(kind: "github" | "gitlab"): Promise<string> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${kind === "gitlab" ? "/api/v4" : ""}`;
  const values = {
    PROMOTION_REPOSITORY: "acme/policies",
    PROMOTION_TOKEN: "the-token",
    PROMOTION_FORGE: kind,
    PROMOTION_API_URL: url,
  };
  Object.assign(process.env, values, { OUTGOING_ALLOWED_HOSTS: "127.0.0.1" });
  const { id } = await proposePromotion(the.max, {
    actionType: "refund",
    rule: "medium #2",
    reason: "Never refused",
  });
  const { contentHash, content } = await getPromotion(the.mia, id);
  forge.files = Object.fromEntries(content.files.map(({ path, before }) => [path, before!]));
  await decidePromotion(the.mia, { id, verdict: "accept", reason: "I looked", contentHash });
  return id;
}
const worker = () => ({ ...the.max, actor: { kind: "system", name: "worker" } as const });
const pullRequestOf = async (id: string) => (await getPromotion(the.mia, id)).pullRequest;

beforeEach(() => {
  forge = { files: {}, branches: new Map(), requests: [], calls: [], failing: [] };
});
afterEach(() => {
  for (const name of [...SETTINGS, "OUTGOING_ALLOWED_HOSTS"]) delete process.env[name];
});

describe.each(["github", "gitlab"] as const)("the pull request of an accepted promotion at %s", (kind) => {
  it("is enqueued with the acceptance, and opened with the files and the reasoning", async () => {
    const id = await accepted(kind);
    expect((await pullRequestOf(id)).state).toBe("wanted");
    const runs = await the.database.db.rows(
      sql`SELECT name FROM dbos.workflow_status WHERE workflow_uuid = ${`promotion:${id}:0`}`,
    );
    expect(runs).toEqual([{ name: "open_pull_request" }]);
    expect(await openPullRequest(worker(), id)).toBe("open");
    const branch = forge.branches.get(`countersign/${id}`)!;
    const { content } = await getPromotion(the.mia, id);
    const changed = content.files.filter(({ before, after }) => before !== after);
    expect(Object.keys(branch.files).sort()).toEqual([
      "policies/refund/cases.json",
      "policies/refund/policy.json",
    ]);
    expect(branch.files).toEqual(Object.fromEntries(changed.map(({ path, after }) => [path, after])));
    expect(branch.message).toContain("> Never refused");
    expect(forge.requests).toMatchObject([
      { head: `countersign/${id}`, base: "main", title: expect.stringContaining("refund: amount up to 112") },
    ]);
    expect(await pullRequestOf(id)).toEqual({ state: "open", url: forge.requests[0]!.url, error: null });
    const events = await the.database.db.rows(
      sql`SELECT event->>'url' AS url FROM audit_event WHERE verb = 'promotion.pull_request_opened' AND event#>>'{subject,id}' = ${id}`,
    );
    expect(events).toEqual([{ url: forge.requests[0]!.url }]);
    expect(await openPullRequest(worker(), id)).toBe("nothing");
    await expect(retryPullRequest(the.mia, { id })).rejects.toMatchObject({ code: "conflict" });
  });

  it("is opened once, however often a crash repeats it, and wherever it struck", async () => {
    const id = await accepted(kind);
    const made =
      kind === "github" ? "POST /repos/acme/policies/pulls" : "POST /projects/acme/policies/merge_requests";
    const branched =
      kind === "github"
        ? "POST /repos/acme/policies/git/refs"
        : "POST /projects/acme/policies/repository/commits";
    // The answer is lost after the forge has done it.
    forge.failing = [
      { call: branched, status: 502, after: true },
      { call: made, status: 502, after: true },
    ];
    expect(await openPullRequest(worker(), id)).toBe("retry");
    expect(await openPullRequest(worker(), id)).toBe("retry");
    expect(await openPullRequest(worker(), id)).toBe("open");
    expect(forge.requests).toHaveLength(1);
    expect(forge.branches.size).toBe(1);
  });

  it("says what went wrong, without the token, and is tried again when somebody asks", async () => {
    const id = await accepted(kind);
    forge.failing = [{ call: "GET", status: 401 }];
    expect(await openPullRequest(worker(), id)).toBe("failed");
    const { state, error } = await pullRequestOf(id);
    expect(state).toBe("failed");
    expect(error).toMatch(/answered 401: "no such luck"/);
    expect(error).not.toContain("the-token");
    await expect(retryPullRequest(the.approver, { id })).rejects.toMatchObject({ code: "forbidden" });
    await retryPullRequest(the.mia, { id });
    expect(await openPullRequest(worker(), id)).toBe("open");
  });

  it("is not opened over files that are not what is in force here", async () => {
    const id = await accepted(kind);
    forge.files["policies/refund/policy.json"] = "{}";
    const before = Object.keys(forge.files);
    expect(before.some((path) => path.endsWith("refund/policy.json"))).toBe(true);
    for (const path of before) forge.files[path] += "\n";
    expect(await openPullRequest(worker(), id)).toBe("failed");
    expect((await pullRequestOf(id)).error).toMatch(/in the repository is not what is in force here/);
    expect(forge.branches.size).toBe(0);
  });
});

it("waits for a forge that cannot be reached", async () => {
  const id = await accepted("github");
  process.env.PROMOTION_API_URL = "http://127.0.0.1:1";
  expect(await openPullRequest(worker(), id)).toBe("retry");
  expect((await pullRequestOf(id)).state).toBe("wanted");
  process.env.OUTGOING_ALLOWED_HOSTS = "";
  expect(await openPullRequest(worker(), id)).toBe("retry");
  expect(await openPullRequest(worker(), id, { isLast: true })).toBe("failed");
  expect(await pullRequestOf(id)).toMatchObject({ state: "failed", error: expect.any(String) });
});

it("says so where something else answers than a forge", async () => {
  const id = await accepted("github");
  const other = createServer((_, response) => response.end("null")).listen(0, "127.0.0.1");
  await once(other, "listening");
  process.env.PROMOTION_API_URL = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  expect(await openPullRequest(worker(), id)).toBe("failed");
  other.close();
  expect((await pullRequestOf(id)).error).toContain("lacks what its API should say");
});

async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
  const url = new URL(request.url!, "http://forge");
  const path = decodeURIComponent(url.pathname).replace(/^\/api\/v4/, "");
  const call = `${request.method} ${path}`;
  forge.calls.push(call);
  if (request.headers.authorization !== "Bearer the-token") return { status: 401, body: { message: "who?" } };
  const failing = forge.failing.find((each) => call.startsWith(each.call));
  if (failing) forge.failing = forge.failing.filter((each) => each !== failing);
  if (failing && !failing.after) return { status: failing.status, body: { message: "no such luck" } };
  const done = path.startsWith("/repos/") ? github(call, url, body) : gitlab(call, url, body);
  return failing ? { status: failing.status, body: { message: "no such luck" } } : done;
}

/** What the two forges are sent; each call has its own part of it. */
interface Asked {
  tree: unknown;
  message: string;
  sha: string;
  ref: string;
  head: string;
  base: string;
  title: string;
  body: string;
  branch: string;
  commit_message: string;
  actions: { file_path: string; content: string }[];
  source_branch: string;
  target_branch: string;
  description: string;
}

const ok = (body: unknown, status = 200) => ({ status, body });
const missing = { status: 404, body: { message: "Not Found" } };
const base64 = (text: string) => Buffer.from(text).toString("base64");
const trees = new Map<string, Record<string, string>>();
const commits = new Map<string, { files: Record<string, string>; message: string }>();

function open(head: string, base: string, title: string, body: string) {
  if (forge.requests.some((each) => each.head === head)) return null;
  const url = `https://forge.example.com/pulls/${forge.requests.length + 1}`;
  forge.requests.push({ head, base, title, body, url });
  return url;
}

function github(call: string, url: URL, body: Asked): { status: number; body: unknown } {
  const rest = call.replace("/repos/acme/policies", "");
  const ref = /^GET \/git\/ref\/heads\/(.+)$/.exec(rest)?.[1];
  if (ref === "main") return ok({ object: { sha: BASE } });
  if (ref) return forge.branches.has(ref) ? ok({ object: { sha: "x" } }) : missing;
  if (rest === "GET ") return ok({ default_branch: "main" });
  if (rest === "GET /pulls") {
    const head = url.searchParams.get("head")?.replace("acme:", "");
    return ok(forge.requests.filter((each) => each.head === head).map((each) => ({ html_url: each.url })));
  }
  if (rest.startsWith("GET /contents/")) {
    const text = forge.files[rest.slice("GET /contents/".length)];
    return text === undefined ? missing : ok({ content: base64(text) });
  }
  if (rest === `GET /git/commits/${BASE}`) return ok({ tree: { sha: "tree" } });
  if (rest === "POST /git/trees") {
    const tree = body.tree as { path: string; content: string }[];
    trees.set("made", Object.fromEntries(tree.map(({ path, content }) => [path, content])));
    return ok({ sha: "made" }, 201);
  }
  if (rest === "POST /git/commits") {
    commits.set("commit", { files: trees.get(body.tree as string)!, message: body.message });
    return ok({ sha: "commit" }, 201);
  }
  if (rest === "POST /git/refs") {
    const branch = body.ref.replace("refs/heads/", "");
    if (forge.branches.has(branch)) return { status: 422, body: { message: "Reference already exists" } };
    forge.branches.set(branch, commits.get(body.sha)!);
    return ok({}, 201);
  }
  if (rest === "POST /pulls") {
    const made = open(body.head, body.base, body.title, body.body);
    return made
      ? ok({ html_url: made }, 201)
      : { status: 422, body: { message: "A pull request already exists" } };
  }
  return missing;
}

function gitlab(call: string, url: URL, body: Asked): { status: number; body: unknown } {
  const rest = call.replace("/projects/acme/policies", "");
  if (rest === "GET ") return ok({ default_branch: "main" });
  if (rest === "GET /merge_requests") {
    const head = url.searchParams.get("source_branch");
    return ok(forge.requests.filter((each) => each.head === head).map((each) => ({ web_url: each.url })));
  }
  if (rest.startsWith("GET /repository/branches/")) {
    return forge.branches.has(rest.slice("GET /repository/branches/".length)) ? ok({}) : missing;
  }
  if (rest.startsWith("GET /repository/files/")) {
    const text = forge.files[rest.slice("GET /repository/files/".length)];
    return text === undefined ? missing : ok({ content: base64(text) });
  }
  if (rest === "POST /repository/commits") {
    if (forge.branches.has(body.branch))
      return { status: 400, body: { message: "A branch called so already exists" } };
    const { actions } = body;
    forge.branches.set(body.branch, {
      files: Object.fromEntries(actions.map(({ file_path, content }) => [file_path, content])),
      message: body.commit_message,
    });
    return ok({}, 201);
  }
  if (rest === "POST /merge_requests") {
    const made = open(body.source_branch, body.target_branch, body.title, body.description);
    return made
      ? ok({ web_url: made }, 201)
      : { status: 409, body: { message: ["Another open merge request"] } };
  }
  return missing;
}
