import { expect, test } from "vitest";
import { claimPort, findFreePort } from "./claim-port";

test("a claimed port answers that it is starting, and is free again after its release", async () => {
  const port = await findFreePort();
  const claim = await claimPort(port, ["127.0.0.1"]);
  const response = await fetch(`http://127.0.0.1:${port}/api/ready`);
  expect(response.status).toBe(503);
  await expect(claimPort(port, ["127.0.0.1"])).rejects.toThrow(`PORT=${port + 1} npm start`);
  await claim.release();
  await (await claimPort(port, ["127.0.0.1"])).release();
});

test("a second address that the machine lacks is left out, the first is an error", async () => {
  const port = await findFreePort();
  const claim = await claimPort(port, ["127.0.0.1", "2001:db8::1"]);
  expect(claim.addresses).toEqual(["127.0.0.1"]);
  await claim.release();
  await expect(claimPort(port, ["2001:db8::1"])).rejects.toThrow("Cannot listen");
});
