import { expect, test } from "vitest";
import { plainly, plainlyOnDatabase } from "./plainly";
import { PlainError } from "./step.mjs";

const url = "postgresql://me:hunter2@db.example.com:5433/shop";
const on = (error: unknown) => plainlyOnDatabase(url, () => Promise.reject(error));
const failure = (code: string, message: string) => Object.assign(new Error(message), { code });

test("a failure is shown by its message alone", async () => {
  await expect(plainly(() => Promise.reject(new Error("no")))).rejects.toThrow(new PlainError("no"));
  await expect(plainly(() => "yes")).resolves.toBe("yes");
});

test.each([
  [
    new AggregateError([failure("ECONNREFUSED", "x")]),
    /db\.example\.com:5433 cannot be reached \(ECONNREFUSED\)/,
  ],
  [failure("28P01", "password authentication failed"), /does not let us in: password authentication failed/],
  [failure("3D000", "x"), /has no database shop/],
  [failure("0A000", 'extension "vector" is not available'), /lacks pgvector/],
  [failure("XX000", "something else"), /^something else$/],
])("%s is explained, without the password", async (error, message) => {
  await expect(on(error)).rejects.toThrow(message);
  await expect(on(error)).rejects.not.toThrow(/hunter2/);
});
