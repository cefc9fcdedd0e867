import fc from "fast-check";
import { expect, test } from "vitest";
import { FrameReader, MAX_FRAME_BYTES } from "./frame-reader";
import { frame } from "./wire";

test("messages come out whole and in order, however the stream is cut", () => {
  const message = fc.tuple(fc.constantFrom("Q", "P", "B", "S"), fc.uint8Array({ maxLength: 40 }));
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
      (messages, cuts) => {
        const sent = messages.map(([type, body]) => frame(type, Buffer.from(body)));
        const stream = Buffer.concat(sent);
        const reader = new FrameReader();
        const received: Buffer[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = cuts[turn % cuts.length] as number;
          reader.push(stream.subarray(at, at + size));
          at += size;
          for (let next = reader.next(true); next; next = reader.next(true)) received.push(next);
        }
        expect(received).toEqual(sent);
      },
    ),
  );
});

test("a start-up packet has no type byte", () => {
  const reader = new FrameReader();
  reader.push(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47, 0, 0]));
  expect(reader.next(false)).toEqual(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
  expect(reader.next(false)).toBeNull();
});

test.each([3, -1, MAX_FRAME_BYTES + 1])("a length of %i is refused", (length) => {
  const reader = new FrameReader();
  const head = Buffer.from("Q....");
  head.writeInt32BE(length, 1);
  reader.push(head);
  expect(() => reader.next(true)).toThrow(RangeError);
});
