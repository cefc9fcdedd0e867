import { expect, it } from "vitest";
import { sql } from "./sql";

const find = (id: string, limit: number) => sql`SELECT * FROM draft WHERE id = ${id} LIMIT ${limit}`;

it("makes every value a parameter, never text", () => {
  expect(find("'; DROP TABLE draft; --", 1)).toMatchObject({
    text: "SELECT * FROM draft WHERE id = $1 LIMIT $2",
    values: ["'; DROP TABLE draft; --", 1],
  });
});

it("prepares one place in the source under one name", () => {
  expect(find("a", 1).name).toBe(find("b", 2).name);
  expect(sql`SELECT 1`.name).not.toBe(sql`SELECT 2`.name);
});

it("puts a statement that it made itself in its place, with its parameters, and nothing else", () => {
  const inner = sql`SELECT id FROM person WHERE email = ${"ann@example.com"} OR name = ${"ann"}`;
  const outer = sql`SELECT ${1} AS one, (${inner}) AS person, (${sql`SELECT 2`}) AS two WHERE ${true}`;
  expect(outer).toMatchObject({
    text: "SELECT $1 AS one, (SELECT id FROM person WHERE email = $2 OR name = $3) AS person, (SELECT 2) AS two WHERE $4",
    values: [1, "ann@example.com", "ann", true],
  });
  const forged = { ...inner };
  expect(sql`SELECT ${forged}`).toMatchObject({ text: "SELECT $1", values: [forged] });
});

it("prepares the same composition under one name, and another one under another", () => {
  const compose = (limited: boolean) => sql`SELECT 1 ${limited ? sql`LIMIT ${1}` : sql`OFFSET ${1}`}`;
  expect(compose(true).name).toBe(compose(true).name);
  expect(compose(true).name).not.toBe(compose(false).name);
});
