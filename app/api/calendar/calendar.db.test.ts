import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { createFeed } from "@/lib/directory/feeds/create-feed";
import { GET } from "./[token]/route";

const shared = globalThis as { countersignDatabase?: unknown };
let database: TestDatabase;
let ada: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  shared.countersignDatabase = database.db;
  ada = await (await createTestWorld(database.db)).person("ada");
});
afterAll(async () => {
  delete shared.countersignDatabase;
  await database?.drop();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  GET(new Request(`http://localhost${path}`, { headers }));

it("answers a calendar, and 304 to whoever has it", async () => {
  const { path } = await createFeed(ada, { scheduleId: null });
  const answer = await get(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  expect(answer.headers.get("cache-control")).toContain("private");
  expect(await answer.text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
  const etag = answer.headers.get("etag")!;
  for (const known of [etag, etag.replace("W/", ""), `"other", ${etag}`]) {
    const again = await get(path, { "if-none-match": known });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  }
  expect((await get(path, { "if-none-match": '"other"' })).status).toBe(200);
});

it("answers 404 without saying why", async () => {
  const { path } = await createFeed(ada, { scheduleId: null });
  const wrong = [path.replace(".ics", ""), `/api/calendar/${"A".repeat(43)}.ics`, "/api/calendar/.ics"];
  const bodies = await Promise.all(
    wrong.map(async (each) => [(await get(each)).status, await (await get(each)).text()]),
  );
  expect(new Set(bodies.map(([status]) => status))).toEqual(new Set([404]));
  expect(new Set(bodies.map(([, body]) => body)).size).toBe(1);
});

it("answers 429 to one that asks without end, and goes on answering the others", async () => {
  const { path } = await createFeed(ada, { scheduleId: null });
  const other = await createFeed(ada, { scheduleId: null });
  let last = await get(path);
  for (let n = 0; n < 40 && last.status === 200; n++) last = await get(path);
  expect(last.status).toBe(429);
  expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await get(other.path)).status).toBe(200);
});

it("answers 503 while the database cannot be asked", async () => {
  const { path } = await createFeed(ada, { scheduleId: null });
  await database.db.run(sql`ALTER TABLE calendar_feed RENAME TO calendar_feed_gone`);
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  expect((await get(path)).status).toBe(503);
  expect(logged).toHaveBeenCalledOnce();
  logged.mockRestore();
  await database.db.run(sql`ALTER TABLE calendar_feed_gone RENAME TO calendar_feed`);
});
