import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { EmbeddedDatabase } from "./start-embedded";
import { TestDatabases } from "./test-databases";
import { cstring, errorText, frame, framesOf, queryFrame, syncFrame } from "./wire";

const databases = new TestDatabases();
let database: EmbeddedDatabase;
const sockets: Socket[] = [];

beforeAll(async () => {
  database = await databases.start({ idleInTransactionMs: 2_000 });
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await databases.close();
});

const parse = (name: string, sql: string) => frame("P", cstring(name), cstring(sql), Buffer.alloc(2));
const bind = (name: string) => frame("B", cstring(""), cstring(name), Buffer.alloc(6));
const execute = frame("E", cstring(""), Buffer.alloc(4));
const flush = frame("H");

/** A client that speaks the protocol by hand. `until` reads messages up to the nth of a type, or the end. */
async function open() {
  const socket = connect(Number(new URL(database.url).port), "127.0.0.1");
  sockets.push(socket);
  let received = Buffer.alloc(0);
  let ended = false;
  let wake = () => {};
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    ended = true;
    wake();
  });
  async function until(type: string, count = 1): Promise<string[]> {
    for (;;) {
      const seen: string[] = [];
      let bytes = 0;
      for (const [kind, body] of framesOf(received)) {
        bytes += body.length + 5;
        if (kind === "Z") seen.push(`Z${body.toString()}`);
        else if (kind === "D") seen.push(`D${body.toString("utf8", 6)}`);
        else if (kind === "E") seen.push(`E ${errorText(body)}`);
        else seen.push(kind);
        if (seen.filter((one) => one[0] === type).length < count) continue;
        received = received.subarray(bytes);
        return seen;
      }
      if (ended) return seen;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  const packet = Buffer.concat([Buffer.from([0, 3, 0, 0]), cstring("user"), cstring("x"), cstring("")]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(packet.length + 4);
  return { socket, until, startup: Buffer.concat([length, packet]) };
}

async function openSession() {
  const client = await open();
  client.socket.write(client.startup);
  await client.until("Z");
  return client;
}

test("encryption is declined, a cancel request closed, and a session greeted like PostgreSQL's", async () => {
  const client = await open();
  client.socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
  expect(await new Promise((read) => client.socket.once("data", read))).toEqual(Buffer.from("N"));
  const cancel = await open();
  cancel.socket.write(Buffer.from([0, 0, 0, 16, 4, 210, 22, 46, 0, 0, 0, 1, 0, 0, 0, 1]));
  expect(await cancel.until("Z")).toEqual([]);
  const plain = await open();
  for (const byte of plain.startup) plain.socket.write(Buffer.from([byte]));
  const greeting = await plain.until("Z");
  expect(greeting[0]).toBe("R");
  expect(greeting).toContain("S");
  expect(greeting.slice(-2)).toEqual(["K", "ZI"]);
});

test("an error skips to the Sync, each Sync gets one ReadyForQuery, and the next batch runs", async () => {
  const { socket, until } = await openSession();
  const failing = [parse("", "select 1/0"), bind(""), execute, parse("", "select 3"), bind(""), execute];
  const working = [parse("", "select 4"), bind(""), execute];
  socket.write(Buffer.concat([...failing, syncFrame, ...working, syncFrame, syncFrame]));
  expect(await until("Z", 3)).toEqual(["1", "E division by zero", "ZI", "1", "2", "D4", "C", "ZI", "ZI"]);
});

test("a query that follows an unsynced error is skipped too, and blocks nobody once synced", async () => {
  const [one, two] = [await openSession(), await openSession()];
  one.socket.write(Buffer.concat([parse("", "selec"), queryFrame("select 5")]));
  await one.until("E");
  two.socket.write(queryFrame("select 6"));
  one.socket.write(syncFrame);
  expect(await one.until("Z")).toEqual(["ZI"]);
  expect(await two.until("Z")).toEqual(["T", "D6", "C", "ZI"]);
});

test("a Flush answers at once and keeps the others out until the Sync", async () => {
  const [one, two] = [await openSession(), await openSession()];
  one.socket.write(Buffer.concat([parse("", "select 7"), bind(""), execute, flush]));
  expect(await one.until("C")).toEqual(["1", "2", "D7", "C"]);
  two.socket.write(queryFrame("select 8"));
  one.socket.write(Buffer.concat([parse("", "select 9"), bind(""), execute, syncFrame]));
  expect(await one.until("Z")).toEqual(["1", "2", "D9", "C", "ZI"]);
  expect(await two.until("Z")).toEqual(["T", "D8", "C", "ZI"]);
});

test("an unsynced batch holds nobody up, and dies with its client", async () => {
  const [one, two] = [await openSession(), await openSession()];
  one.socket.write(Buffer.concat([parse("", "select 1"), bind(""), execute]));
  two.socket.write(queryFrame("select 10"));
  expect(await two.until("Z")).toEqual(["T", "D10", "C", "ZI"]);
  one.socket.destroy();
  two.socket.write(queryFrame("select 11"));
  expect(await two.until("Z")).toEqual(["T", "D11", "C", "ZI"]);
});

test("the unnamed statement of an earlier batch is still the client's own", async () => {
  const [one, two] = [await openSession(), await openSession()];
  one.socket.write(Buffer.concat([parse("", "select 12"), syncFrame]));
  await one.until("Z");
  two.socket.write(Buffer.concat([parse("", "select 13"), syncFrame]));
  await two.until("Z");
  one.socket.write(Buffer.concat([bind(""), execute, syncFrame]));
  expect(await one.until("Z")).toEqual(["2", "D12", "C", "ZI"]);
});

test("statement names that differ only after PostgreSQL's 63 bytes stay two", async () => {
  const { socket, until } = await openSession();
  const [first, second] = ["a", "b"].map((end) => "n".repeat(61) + end);
  socket.write(
    Buffer.concat([parse(first as string, "select 14"), parse(second as string, "select 15"), syncFrame]),
  );
  expect(await until("Z")).toEqual(["1", "1", "ZI"]);
  socket.write(Buffer.concat([bind(first as string), execute, syncFrame]));
  expect(await until("Z")).toEqual(["2", "D14", "C", "ZI"]);
});

test("queries sent before the answers are answered in order, and after a half-close", async () => {
  const { socket, until } = await openSession();
  socket.end(Buffer.concat(Array.from({ length: 50 }, (_, n) => queryFrame(`select ${n}`))));
  const rows = (await until("Z", 50)).filter((one) => one[0] === "D");
  expect(rows).toEqual(Array.from({ length: 50 }, (_, n) => `D${n}`));
});

test("who breaks the protocol is told so and put out; the backend never sees it", async () => {
  const garbage = [frame("z", cstring("?")), Buffer.from([0x51, 0, 0, 0, 2]), frame("P", Buffer.from("x"))];
  for (const bytes of garbage) {
    const { socket, until } = await openSession();
    socket.write(Buffer.concat([queryFrame("begin"), bytes]));
    expect((await until("E")).at(-1)).toMatch(/^E invalid/);
    expect(await until("Z")).toEqual([]);
  }
  const other = await openSession();
  other.socket.write(queryFrame("select 16"));
  expect(await other.until("Z")).toEqual(["T", "D16", "C", "ZI"]);
});
