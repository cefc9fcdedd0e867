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
