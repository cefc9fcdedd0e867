import { describe, expect, it } from "vitest";
import { maskContacts, maskIdentifiers } from "./redact-text";

describe("contact details in a text", () => {
  it.each([
    ["Mail ann.lee+shop@mail.example.co.uk today", "Mail [email] today"],
    ["Card 4111 1111 1111 1111 was charged", "Card [card] was charged"],
    ["Card 4111111111111111.", "Card [card]."],
    ["To DE89 3704 0044 0532 0130 00 please", "To [iban] please"],
    ["Call +49 30 901820 or (555) 123-4567", "Call [phone] or [phone]"],
    ["Call 555-123-4567, 030 90182000", "Call [phone], [phone]"],
  ])("masks %s as %s", (text, masked) => expect(maskContacts(text)).toBe(masked));

  it.each([
    "On 2026-11-21 at 10:30 for 1,234,567.50 or 1.234.567,50",
    "From 21.11.2026 to 2026/12/01",
    "The host 192.168.100.200 and version 10.20.3000",
    "Item 1234567890 at 120.50, 3 of 1000",
    "@@ -10,7 +10,8 @@ retries = 5",
    "GB82 is a road",
  ])("leaves alone: %s", (text) => expect(maskContacts(text)).toBe(text));

  it("are looked for in linear time", () => {
    const started = performance.now();
    for (const piece of ["a", "1 ", "+", "a.", "AB12", "(1"]) {
      const text = piece.repeat(200_000);
      maskIdentifiers(maskContacts(text));
    }
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe("identifiers in a text", () => {
  it.each([
    ["Refund order #W2611340 of yusuf_rossi_9620", "Refund order [id] of [id]"],
    ["to credit_card_9513926", "to [id]"],
    ["f47ac10b-58cc-4372-a567-0e02b2c3d479", "[id]"],
    ["Item 1234567890", "Item [id]"],
  ])("masks %s as %s", (text, masked) => expect(maskIdentifiers(text)).toBe(masked));

  it.each(["Since 2026, on 2026-11-21, for 1234.50 of 120000 USD", "the third of March, Q4-2026", "step 12"])(
    "leaves alone: %s",
    (text) => expect(maskIdentifiers(text)).toBe(text),
  );
});
