import { expect, test } from "vitest";
import { readConfig } from "@/lib/config";
import { planStart } from "./plan-start";

const plan = (environment: Record<string, string>) => {
  const env = environment as unknown as NodeJS.ProcessEnv;
  return planStart(readConfig(env), env, "/srv/countersign");
};
const DATABASE_URL = "postgresql://localhost/countersign";
const AUTH_SECRET = "0123456789012345678901234567890123456789";

test("without a database of its own it is the demo, on the embedded database and loopback", () => {
  expect(plan({})).toEqual({
    embedded: true,
    demo: true,
    dataDir: "/srv/countersign/.data",
    addresses: ["127.0.0.1", "::1"],
    url: "http://localhost:3000",
  });
});

test("DEMO=0 keeps the demo off the embedded database too", () => {
  expect(plan({ DEMO: "0" })).toMatchObject({ embedded: true, demo: false });
});

test("a DATABASE_URL means no demo and no embedded database, on every address", () => {
  expect(plan({ DATABASE_URL, AUTH_SECRET })).toMatchObject({
    embedded: false,
    demo: false,
    addresses: ["*"],
  });
  expect(plan({ DATABASE_URL, DEMO: "1" })).toMatchObject({ embedded: false, demo: true });
});

test("a database of one's own needs a session secret of one's own", () => {
  expect(() => plan({ DATABASE_URL })).toThrow(/AUTH_SECRET is not set.*openssl rand/s);
});

test("LISTEN_ADDRESS decides where to listen, AUTH_URL what people are told", () => {
  expect(plan({ LISTEN_ADDRESS: "0.0.0.0", AUTH_URL: "https://approve.example.com" })).toMatchObject({
    addresses: ["0.0.0.0"],
    url: "https://approve.example.com",
  });
});
