/** Action types that the library of examples is filled with. */
export const ACTION_TYPES = [
  "refund",
  "cancel_pending_order",
  "return_delivered_order_items",
  "exchange_delivered_order_items",
  "modify_pending_order_address",
  "modify_pending_order_items",
  "modify_pending_order_payment",
  "send_email",
] as const;

export type BenchActionType = (typeof ACTION_TYPES)[number];

const NAMES = ["Omar", "Sophia", "Mei", "Yusuf", "Ivan", "Lucas", "Amelia", "Noah", "Fatima", "Ethan"];
const SURNAMES = ["Anderson", "Nguyen", "Rossi", "Khan", "Silva", "Johnson", "Santos", "Lee", "Patel", "Kim"];
const CITIES = ["Philadelphia", "Washington", "Chicago", "Houston", "Denver", "Seattle", "Austin", "Boston"];
const PRODUCTS = [
  "Wall Clock",
  "Office Chair",
  "Gaming Mouse",
  "Electric Kettle",
  "Dumbbell Set",
  "Yoga Mat",
  "Mechanical Keyboard",
  "Desk Lamp",
  "Running Shoes",
  "Water Bottle",
  "Espresso Machine",
  "Bookshelf",
];
const COLOURS = ["white", "black", "silver", "green", "blue", "red"];
const MATERIALS = ["plastic", "metal", "fabric", "glass", "wood", "leather"];
const MOODS = ["polite", "impatient", "logical", "confident", "worried", "organized", "terse", "friendly"];
const STORIES = [
  "arrived with a crack along the side, and the box had been opened before I got it",
  "is not what the photographs showed; the colour is off and it does not fit where I meant to put it",
  "was charged twice on my statement, once on Monday and again two days later",
  "was ordered by mistake, I tapped the button while the page was still loading",
  "has not moved since it left the warehouse, and the tracking page says nothing new for a week",
  "stopped working after the third use, although I followed the instructions to the letter",
  "is no longer needed because my sister bought the same one for my birthday",
  "should go to my new flat instead, I move at the end of the month",
];

/** Numbers between 0 and 1, the same ones for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The customer and the order that draft number `serial` is about: no two drafts share them. */
export const customerOf = (serial: number) => `bench_customer_${serial}`;
export const orderOf = (serial: number) => `#W${String(serial % 10_000_000).padStart(7, "0")}`;
/** From 10 to 610, so that all tiers occur. `seed-facts.ts` gives the order the same total. */
export const amountOf = (serial: number) => ((serial * 7919) % 60_000) / 100 + 10;

/** A submission of about 3 KB as a retail agent would write it, the same one for the same number and action type. */
export function synthesiseDraft(serial: number, actionType: BenchActionType) {
  const random = randomFrom(serial * 31 + actionType.length);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const digits = (length: number) => String(Math.floor(random() * 10 ** length)).padStart(length, "0");
  const [first, last] = [pick(NAMES), pick(SURNAMES)];
  const address = {
    address1: `${digits(3)} ${pick(SURNAMES)} Street`,
    address2: `Suite ${digits(3)}`,
    city: pick(CITIES),
    country: "USA",
    zip: digits(5),
  };
  const items = Array.from({ length: 4 + Math.floor(random() * 4) }, () => ({
    name: pick(PRODUCTS),
    product_id: digits(10),
    item_id: digits(10),
    price: Math.round(random() * 40_000) / 100,
    options: {
      color: pick(COLOURS),
      material: pick(MATERIALS),
      size: `${digits(1)} units`,
      warranty: "2 years",
    },
  }));
  const order = orderOf(serial);
  const amount = amountOf(serial);
  const payment = `credit_card_${digits(7)}`;
  const story = pick(STORIES);
  const item = items[0]!;
  const payloads: Record<BenchActionType, Record<string, unknown>> = {
    refund: { order_id: order, amount, currency: "USD", reason: `The ${item.name} ${story}` },
    cancel_pending_order: {
      order_id: order,
      reason: pick(["no longer needed", "ordered by mistake"]),
      amount,
    },
    return_delivered_order_items: {
      order_id: order,
      item_ids: [item.item_id],
      payment_method_id: payment,
      amount,
    },
    exchange_delivered_order_items: {
      order_id: order,
      item_ids: [item.item_id],
      new_item_ids: [digits(10)],
      payment_method_id: payment,
    },
    modify_pending_order_address: { order_id: order, ...address },
    modify_pending_order_items: { order_id: order, item_ids: [item.item_id], new_item_ids: [digits(10)] },
    modify_pending_order_payment: { order_id: order, payment_method_id: payment },
    send_email: {
      to: `${first}.${last}@example.com`,
      subject: `Your order ${order}`,
      body: `Dear ${first}, ${story}`,
    },
  };
  const asked =
    `Hello, this is ${first} ${last} from ${address.city}, zip code ${address.zip}. My ${item.name} of order ${order} ${story}. ` +
    `I have tried to sort it out through the page for orders but it only let me look. I would like this settled ` +
    `before the weekend, and please tell me by e-mail once it is done. I am ${pick(MOODS)} about it, thank you.`;
  return {
    external_id: `bench-${actionType}-${serial}`,
    action_type: actionType,
    subject: { type: "customer", id: customerOf(serial) },
    payload: payloads[actionType],
    summary: `${actionType.replaceAll("_", " ")} for order ${order}: ${item.name} ${story.slice(0, 60)}`,
    reasoning:
      `The customer wrote about order ${order}. I checked the identity by name and zip code, looked the order up, ` +
      `found the ${item.name} on it at ${item.price} USD, and read the policy: the case is covered, the customer ` +
      `confirmed the details, and the amount of ${amount} USD goes back to the original payment method.`,
    confidence: Math.round(random() * 100) / 100,
    evidence: [
      { kind: "message" as const, title: "What the customer asked", source: "chat", content: asked },
      {
        kind: "record" as const,
        title: `Order ${order}`,
        source: "orders",
        content: {
          order_id: order,
          user_id: customerOf(serial),
          status: "pending",
          address,
          items,
          fulfillments: [{ tracking_id: [digits(12)], item_ids: items.map(({ item_id }) => item_id) }],
          payment_history: [{ transaction_type: "payment", amount, payment_method_id: payment }],
        },
      },
      {
        kind: "record" as const,
        title: `Customer ${first} ${last}`,
        source: "users",
        content: {
          name: { first_name: first, last_name: last },
          email: `${first}${digits(4)}@example.com`,
          address,
        },
      },
    ],
  };
}
