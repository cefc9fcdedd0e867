import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "./sql";
import { createTestDatabase, type TestDatabase } from "./test-database";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const insert = (name: string) => sql`INSERT INTO "group" (id, name) VALUES (${name}, ${name})`;
const names = async () =>
  (await database.db.rows<{ name: string }>(sql`SELECT name FROM "group" ORDER BY name`)).map(
    ({ name }) => name,
  );

describe("statements that a transaction sends without waiting", () => {
  it("are committed with it, in order", async () => {
    const seen = await database.db.transaction(async (tx) => {
      tx.send(insert("first"));
      const row = await tx.row<{ count: number }>(sql`SELECT count(*)::int AS count FROM "group"`);
      tx.send(insert("second"));
      return row?.count;
    });
    expect(seen).toBe(1);
    expect(await names()).toEqual(["first", "second"]);
  });

  it("fail the transaction with their own error when they are the last", async () => {
    const failing = database.db.transaction(async (tx) => {
      tx.send(insert("third"));
      tx.send(insert("first"));
    });
    await expect(failing).rejects.toMatchObject({ constraint: "group_pkey" });
    expect(await names()).toEqual(["first", "second"]);
  });

  it("fail it with their own error, not with the one that follows from it", async () => {
    const failing = database.db.transaction(async (tx) => {
      tx.send(insert("first"));
      await tx.run(insert("fourth"));
    });
    await expect(failing).rejects.toMatchObject({ constraint: "group_pkey" });
    expect(await names()).toEqual(["first", "second"]);
  });

  it("are taken back when the work throws afterwards", async () => {
    const failing = database.db.transaction(async (tx) => {
      tx.send(insert("fifth"));
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await names()).toEqual(["first", "second"]);
    expect(await database.db.row(sql`SELECT 1 AS one`)).toEqual({ one: 1 });
  });
});
