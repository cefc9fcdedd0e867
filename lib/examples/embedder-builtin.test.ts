import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EmbedInput, embedBuiltin } from "./embedder-builtin";

function draft(over: Partial<EmbedInput> & { message?: string; status?: string } = {}): EmbedInput {
  const { message = "Please help.", status = "pending", ...rest } = over;
  return {
    actionType: "cancel_order",
    subjectType: "customer",
    summary: "Cancel order #W1234567",
    payload: { order_id: "#W1234567" },
    evidence: [
      { kind: "message", title: "What the customer asked", content: message },
      { kind: "record", title: "Order #W1234567", content: { items: [{ name: "Desk Lamp" }], status } },
    ],
    ...rest,
  };
}

const cosine = (a: EmbedInput, b: EmbedInput) => {
  const [one, other] = [embedBuiltin(a), embedBuiltin(b)];
  return one.reduce((sum, value, index) => sum + value * (other[index] as number), 0);
};

const nearest = (to: EmbedInput, others: Record<string, EmbedInput>) =>
  Object.entries(others).sort(([, a], [, b]) => cosine(to, b) - cosine(to, a))[0]?.[0];

const cancel = (order: string, amount: number, message: string) =>
  draft({
    summary: `Cancel order ${order} ($${amount})`,
    payload: { order_id: order, reason: "ordered by mistake", amount },
    amount,
    message,
  });

describe("the built-in embedder", () => {
  it("finds another order cancelled by mistake, not an address change or a late delivery", () => {
    const asked = cancel("#W6619432", 298, "I ordered this lamp by mistake, please cancel it.");
    const others = {
      mistake: cancel(
        "#W5490111",
        312.5,
        "Cancel my order please. It was a mistake, I ordered the wrong one.",
      ),
      address: draft({
        summary: "Change the address of order #W6619433",
        payload: { order_id: "#W6619433", address1: "845 Willow Lane", zip: "19031" },
        message: "I moved house, please send this lamp to my new address.",
      }),
      late: draft({
        summary: "Refund shipping for order #W6619434 ($298)",
        payload: { order_id: "#W6619434", reason: "late delivery", amount: 298 },
        amount: 298,
        message: "My lamp came a week late, please give me the shipping back.",
      }),
      config: draft({
        subjectType: "service",
        summary: "Raise the connection limit of the billing database",
        payload: { path: "/db/max_connections", from: 100, to: 200 },
        message: "The pool runs out at peak.",
      }),
    };
    expect(nearest(asked, others)).toBe("mistake");
    expect(nearest(others.address, { asked, late: others.late, config: others.config })).not.toBe("config");
  });

  it("counts the amount's band when words are the same", () => {
    const of = (amount: number) => draft({ summary: "Refund", payload: { amount }, amount });
    expect(nearest(of(298), { near: of(320), far: of(29), larger: of(4000) })).toBe("near");
    expect(cosine(of(298), of(299))).toBeGreaterThan(0.99);
    expect(cosine(of(298), of(450))).toBeGreaterThan(cosine(of(298), of(900)));
    expect(cosine(of(298), of(-298))).toBeLessThan(cosine(of(298), of(320)));
  });

  it("counts a record's status, also behind a long list of items", () => {
    const items = Array.from({ length: 300 }, (_, index) => ({ name: `Item ${index}`, price: index }));
    const order = (status: string) =>
      draft({ evidence: [{ kind: "record", title: "Order", content: { items, status } }] });
    expect(nearest(order("delivered"), { same: order("delivered"), other: order("pending") })).toBe("same");
    expect(cosine(order("delivered"), order("pending"))).toBeLessThan(0.99);
  });

  it("counts the kind of subject and a payload's words and switches", () => {
    for (const [one, other] of [
      [draft({ subjectType: "customer" }), draft({ subjectType: "supplier" })],
      [
        draft({ payload: { reason: "no longer needed" } }),
        draft({ payload: { reason: "ordered by mistake" } }),
      ],
      [draft({ payload: { notify: true } }), draft({ payload: { notify: false } })],
      [
        draft({ payload: { body: "We are sorry. ".repeat(9) } }),
        draft({ payload: { body: "Final notice. ".repeat(9) } }),
      ],
    ] as const) {
      expect(cosine(one, other)).toBeLessThan(0.985);
    }
  });

  it("takes no notice of order numbers, hashes and UUIDs", () => {
    const about = (id: string) =>
      draft({ summary: `Cancel order ${id}`, payload: { order_id: id }, message: `It is ${id}, thanks.` });
    expect(cosine(about("#W6067464"), about("#W9911223"))).toBeCloseTo(1, 5);
    expect(cosine(about("9f86d081884c7d65"), about("60303ae22b998861"))).toBeCloseTo(1, 5);
    expect(cosine(draft({ summary: "Order 12 lamps" }), draft({ summary: "Order 90 lamps" }))).toBeLessThan(
      0.999,
    );
  });

  it("reads through case, compatibility forms and invisible characters", () => {
    expect(
      cosine(draft({ summary: "CANCEL the ﬁle" }), draft({ summary: "can\u200bcel   the file!" })),
    ).toBeCloseTo(1, 5);
  });

  it("tells apart texts in any script", () => {
    const say = (message: string) => draft({ message });
    expect(
      nearest(say("注文をキャンセルしてください"), {
        a: say("注文のキャンセルをお願いします"),
        b: say("住所を変更したいと思います"),
      }),
    ).toBe("a");
    expect(nearest(say("отменить заказ"), { a: say("отмена заказа"), b: say("новый адрес") })).toBe("a");
  });

  it("gives the same numbers on every machine and in every release that keeps its name", () => {
    const vector = embedBuiltin(
      cancel("#W6619432", 298, "I ordered this lamp by mistake, please cancel it."),
    );
    const salient = Array.from(vector, (value, index) => [index, Number(value.toFixed(4))] as const).filter(
      ([, value]) => Math.abs(value) > 0.2,
    );
    expect(salient).toEqual([
      [29, -0.3055],
      [35, -0.2361],
      [87, -0.2201],
      [98, -0.2194],
      [165, 0.2554],
      [216, -0.2194],
      [280, 0.2201],
      [342, -0.2194],
      [433, 0.2194],
    ]);
    embedBuiltin(draft({ summary: "something else in between" }));
    expect(
      embedBuiltin(cancel("#W6619432", 298, "I ordered this lamp by mistake, please cancel it.")),
    ).toEqual(vector);
  });

  it("has length 1 and 512 finite numbers whatever it is given", () => {
    const input = fc.record({
      actionType: fc.string(),
      subjectType: fc.string(),
      summary: fc.string({ unit: "binary" }),
      payload: fc.jsonValue(),
      amount: fc.option(fc.double()),
      evidence: fc.array(
        fc.record({
          kind: fc.constantFrom("message", "record", "document", "link"),
          title: fc.string({ unit: "binary" }),
          content: fc.option(fc.jsonValue(), { nil: undefined }),
        }),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(input, (any) => {
        const vector = embedBuiltin(any as EmbedInput);
        expect(vector).toHaveLength(512);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
      }),
    );
    const empty = { actionType: "", subjectType: "", summary: "", payload: null, evidence: [] };
    expect(Math.hypot(...embedBuiltin(empty))).toBeCloseTo(1, 4);
  });

  it("reads a bounded part: what follows in a huge draft changes nothing", () => {
    const text = "Please cancel my order of the desk lamp. ".repeat(50_000);
    const wide = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`field_${index}`, `value ${index}`]),
    );
    const huge = draft({ message: text, payload: wide });
    expect(
      cosine(huge, draft({ message: `${text} Chargeback!`, payload: { ...wide, last: "x" } })),
    ).toBeCloseTo(1, 6);
  });
});
