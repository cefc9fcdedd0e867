import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readConfig, SETTINGS } from "./config";

const read = (environment: Record<string, string>) => readConfig(environment as NodeJS.ProcessEnv);

describe("readConfig", () => {
  it("has sensible defaults, and demo mode is not one of them", () => {
    expect(read({})).toMatchObject({ PORT: 3000, DATA_DIR: ".data", POLICIES_DIR: "policies", DEMO: false });
  });
  it("names every bad setting at once and where they are explained", () => {
    expect(() => read({ PORT: "http", DATABASE_URL: "mysql://x", AUTH_SECRET: "short" })).toThrow(
      /PORT[\s\S]*AUTH_SECRET[\s\S]*\.env\.example|DATABASE_URL[\s\S]*\.env\.example/,
    );
  });
  it("takes an empty setting for one that is not set", () => {
    expect(read({ DATABASE_URL: "", PORT: "" }).PORT).toBe(3000);
  });
});

it("lists every setting in .env.example", () => {
  const example = readFileSync(".env.example", "utf8");
  for (const name of SETTINGS) expect(example).toContain(name);
});
