import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, vi } from "vitest";
import { fetchGuarded } from "./fetch-guarded";
import { resolveGuarded } from "./resolve-guarded";

/** What the outside world's name servers answer, one answer per question. */
const answers = vi.hoisted(() => [] as string[][]);

vi.mock("node:dns/promises", () => ({
  lookup: async () =>
    (answers.shift() ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
}));

const resolve = (...addresses: string[]) => {
  answers.push(addresses);
  return resolveGuarded(new URL("https://hooks.example/in"), []).catch((error) => error.code);
};

it("gives all addresses of a public name, so that either family can be tried", async () => {
  expect(await resolve("93.184.216.34", "2606:4700::1")).toEqual([
    { address: "93.184.216.34", family: 4 },
    { address: "2606:4700::1", family: 6 },
  ]);
});

it("refuses a name when any one of its addresses is not public", async () => {
  expect(await resolve("93.184.216.34", "10.0.0.7")).toBe("blocked_address");
  expect(await resolve("2606:4700::1", "::ffff:10.0.0.7")).toBe("blocked_address");
  expect(await resolve()).toBe("dns_failed");
});

it("connects to the address that was judged, under the name's own Host, without asking again", async () => {
  const server = createServer((request, response) => response.end(request.headers.host));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  answers.push(["127.0.0.1"], ["127.0.0.2"]);
  const { body } = await fetchGuarded(`http://rebound.example:${port}/`, {
    allowedHosts: ["rebound.example"],
  });
  expect(body).toBe(`rebound.example:${port}`);
  expect(answers.splice(0)).toEqual([["127.0.0.2"]]);
  server.close();
});
