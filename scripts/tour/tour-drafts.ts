import type { Submission } from "@/lib/drafts/submission";

/** A draft of the tour, what trusted systems know about it, and what somebody decided, if anybody did. */
export interface TourDraft {
  agent: "Retail assistant" | "Refund assistant" | "Ops assistant";
  minutesAgo: number;
  facts: { type: string; id: string; facts: Record<string, string | number | boolean> }[];
  submission: Omit<Submission, "evidence"> & { evidence: Submission["evidence"] };
  decided?: {
    verdict: "approve" | "edit_and_approve" | "reject" | "request_changes";
    reason?: string;
    /** What an edit changes of the payload. */
    edit?: Record<string, unknown>;
    by?: string;
    /** So many minutes after it was submitted; within ten when left out. */
    afterMinutes?: number;
    /** In one batch with the others that say so. */
    together?: boolean;
  };
}

export type Decided = TourDraft["decided"];

const CUSTOMERS = [
  ["nora_lindgren", "Nora Lindgren", "14 Harbour Street", "Portland", "OR", "97209"],
  ["idris_cole", "Idris Cole", "802 Walnut Avenue", "Denver", "CO", "80203"],
  ["maya_fontaine", "Maya Fontaine", "67 Mission Lane", "San Diego", "CA", "92103"],
  ["tobias_reyes", "Tobias Reyes", "3110 Lake Drive", "Chicago", "IL", "60614"],
  ["anika_shah", "Anika Shah", "9 Orchard Row", "Boston", "MA", "02116"],
  ["felix_grant", "Felix Grant", "455 Canyon Road", "Phoenix", "AZ", "85016"],
  ["sofia_marsh", "Sofia Marsh", "21 Bayou Court", "Houston", "TX", "77006"],
  ["leon_whitaker", "Leon Whitaker", "78 Cedar Hill", "Seattle", "WA", "98109"],
] as const;
const PRODUCTS = [
  ["Desk lamp, brass", 89.9],
  ["Office chair, grey", 269],
  ["Espresso machine", 312.5],
  ["Noise-cancelling headphones", 298.4],
  ["Walking boots, size 42", 189],
  ["Smart thermostat", 274.95],
  ["Cast-iron pot, 5 l", 159.5],
  ["Hard-shell suitcase", 305],
] as const;

const customerOf = (serial: number) => CUSTOMERS[serial % CUSTOMERS.length]!;
const orderOf = (serial: number) => `#W${4_821_000 + serial * 37}`;
const itemOf = (index: number) => String(4_100_200_300 + index * 7919);

/** The records of an order and its customer, and the facts about both. */
function order(serial: number, status: "pending" | "delivered", bought: number[]) {
  const [customer, name, address1, city, state, zip] = customerOf(serial);
  const id = orderOf(serial);
  const items = bought.map((index) => {
    const [title, price] = PRODUCTS[index % PRODUCTS.length]!;
    return { item_id: itemOf(index), name: title as string, price: price as number };
  });
  items.push({ item_id: itemOf(99), name: "Dining table, oak", price: 420 });
  const total = Number(items.reduce((sum, { price }) => sum + price, 0).toFixed(2));
  const address = { address1, city, state, zip, country: "USA" };
  const facts: TourDraft["facts"] = [
    {
      type: "customer",
      id: customer,
      facts: {
        orders_count: 3 + (name.length % 3),
        customer_months: 26,
        chargeback_open: false,
        account_flagged_fraud: false,
      },
    },
    { type: "order", id, facts: { status, total } },
  ];
  return {
    customer,
    name,
    id,
    items,
    total,
    record: {
      kind: "record" as const,
      title: `Order ${id}`,
      source: "orders",
      content: {
        order_id: id,
        status,
        total,
        items,
        address,
        payment_history: [{ payment_method_id: "credit_card_4190", amount: total }],
      },
    },
    facts,
  };
}

const said = (content: string, title = "What the customer wrote") => ({
  kind: "message" as const,
  title,
  content,
});

/** One product sent back; `amount` in place of its price makes it stand out. */
export function returned(serial: number, minutesAgo: number, decided?: Decided, amount?: number): TourDraft {
  const product = [1, 2, 3, 5, 7][serial % 5]!;
  const { id, items, customer, record, facts } = order(serial, "delivered", [product, (product + 3) % 8]);
  const [item] = items as [(typeof items)[number]];
  return {
    agent: "Retail assistant",
    minutesAgo,
    facts,
    decided,
    submission: {
      action_type: "return_delivered_order_items",
      payload: {
        order_id: id,
        item_ids: [item.item_id],
        payment_method_id: "credit_card_4190",
        amount: amount ?? item.price,
      },
      summary: `Return the ${item.name.toLowerCase()} of order ${id}`,
      reasoning: "Delivered within the last 30 days, and the customer wants the money back on the same card.",
      subject: { type: "customer", id: customer },
      evidence: [said(`I'd like to send back the ${item.name.toLowerCase()}. It isn't what I need.`), record],
    },
  };
}

/** A pending order sent elsewhere. */
export function moved(
  serial: number,
  minutesAgo: number,
  to: Record<string, string>,
  decided?: Decided,
): TourDraft {
  const { id, customer, total, record, facts, name } = order(serial, "pending", [
    serial % 8,
    (serial + 2) % 8,
  ]);
  return {
    agent: "Retail assistant",
    minutesAgo,
    facts,
    decided,
    submission: {
      action_type: "modify_pending_order_address",
      payload: { order_id: id, country: "USA", amount: total, ...to },
      summary: `Send order ${id} to ${to.city}`,
      reasoning: `${name} has moved and wrote from the address on file. The order has not left the warehouse.`,
      confidence: 0.93,
      subject: { type: "customer", id: customer },
      evidence: [
        said(`I moved last week. Please send ${id} to ${to.address1}, ${to.city}, ${to.state} ${to.zip}.`),
        record,
      ],
    },
  };
}

export function refund(
  serial: number,
  minutesAgo: number,
  product: number,
  amount: number,
  why: string,
  decided?: Decided,
): TourDraft {
  const { id, customer, record, facts, items } = order(serial, "delivered", [product, (product + 3) % 8]);
  const [item] = items as [(typeof items)[number]];
  return {
    agent: "Refund assistant",
    minutesAgo,
    facts,
    decided,
    submission: {
      action_type: "refund",
      payload: {
        order_id: id,
        amount,
        currency: "USD",
        reason: why,
        note_to_customer: `We are sorry about the ${item.name.toLowerCase()}. The money is on its way to your card.`,
      },
      summary: `Refund the ${item.name.toLowerCase()}: ${why}`,
      reasoning: "The photo shows the damage, and nothing was refunded on this order before.",
      confidence: 0.88,
      subject: { type: "customer", id: customer },
      evidence: [
        said(`The ${item.name.toLowerCase()} of ${id} ${why}. Photo attached. I want my money back.`),
        record,
      ],
    },
  };
}

function email(minutesAgo: number, to: string, subject: string, body: string, decided?: Decided): TourDraft {
  return {
    agent: "Refund assistant",
    minutesAgo,
    facts: [{ type: "email_address", id: to, facts: { known: true, unsubscribed: false } }],
    decided,
    submission: {
      action_type: "send_email",
      payload: { to: [to], subject, body },
      summary: `Answer ${to}: ${subject}`,
      subject: { type: "email_address", id: to },
      evidence: [said("Can you tell me where my parcel is? It should have been here on Tuesday.")],
    },
  };
}

const CONFIG_DIFF = `--- a/config/checkout.yaml
+++ b/config/checkout.yaml
@@ -11,11 +11,13 @@ http:
   port: 8080
   timeouts:
-    payment_provider_ms: 3000
+    payment_provider_ms: 8000
     inventory_ms: 1500
   retries:
-    attempts: 1
+    attempts: 3
+    backoff_ms: 250
   pool:
     min: 4
-    max: 20
+    max: 32
+    idle_seconds: 60
 logging:
   level: info
`;

export function configChange(
  environment: "staging" | "production",
  minutesAgo: number,
  decided?: Decided,
): TourDraft {
  return {
    agent: "Ops assistant",
    minutesAgo,
    facts: [{ type: "service", id: "checkout", facts: { critical: true, change_freeze: false } }],
    decided,
    submission: {
      action_type: "config_change",
      payload: {
        service: "checkout",
        environment,
        file: "config/checkout.yaml",
        diff: CONFIG_DIFF,
        restart: environment === "production",
      },
      summary: `Give the payment provider more time in ${environment}`,
      reasoning:
        "One payment in fifty times out after 3 s, and the provider answers within 6 s when it is busy.",
      confidence: 0.81,
      subject: { type: "service", id: "checkout" },
      evidence: [
        {
          kind: "record",
          title: "Payment calls, last hour",
          source: "metrics",
          content: { calls: 48_211, timed_out: 967, p95_ms: 2870, p99_ms: 5640 },
        },
        said(
          "Customers see “payment failed” and are charged all the same. Can we wait longer?",
          "Incident 212",
        ),
      ],
    },
  };
}

function access(minutesAgo: number): TourDraft {
  return {
    agent: "Ops assistant",
    minutesAgo,
    facts: [
      { type: "person", id: "ann_berger", facts: { employed: true, suspended: false } },
      { type: "resource", id: "billing-reports", facts: { sensitivity: "internal" } },
    ],
    submission: {
      action_type: "grant_access",
      payload: {
        person: "ann_berger",
        resource: "billing-reports",
        level: "write",
        expires: "2027-03-31",
        justification: "Closes the books for the first quarter.",
      },
      summary: "Let Ann Berger write billing reports until March",
      subject: { type: "person", id: "ann_berger" },
      evidence: [said("I need to file the quarter's reports from Monday on.", "Ann Berger")],
    },
  };
}

const approve = { verdict: "approve" } as const;
export const sendBack = (reason: string) => ({ verdict: "request_changes", reason }) as const;
export const reject = (reason: string) => ({ verdict: "reject", reason }) as const;
export const to = (address1: string, city: string, state: string, zip: string) => ({
  address1,
  city,
  state,
  zip,
});

/** What was decided in the last hours, and what waits now. Each kind is there for a picture of the tour. */
export const tourDrafts: TourDraft[] = [
  ...Array.from({ length: 11 }, (_, index) =>
    returned(100 + index, 1060 - index * 3, { ...approve, together: true }),
  ),
  moved(120, 1010, to("5 Mill Lane", "Salem", "OR", "97301"), approve),
  moved(121, 860, to("60 Pine Street", "Boulder", "CO", "80302"), { ...approve, by: "Aisha Karim" }),
  moved(
    122,
    640,
    to("Locker 18, Terminal Road", "Los Angeles", "CA", "90045"),
    reject("A parcel locker, and nobody answers the phone on file. Could be a taken-over account."),
  ),
  moved(123, 420, to("118 Elm Street", "Evanston", "IL", "60201"), approve),
  refund(130, 900, 7, 140, "arrived broken", approve),
  refund(131, 720, 4, 95, "arrived a week late", reject("Late, but used since. Offer a voucher instead.")),
  refund(132, 560, 2, 210, "arrived with a cracked glass", {
    verdict: "edit_and_approve",
    edit: { amount: 312.5 },
    reason: "It cannot be repaired: all of the price.",
  }),
  refund(
    133,
    380,
    3,
    260,
    "came without its case and cable",
    sendBack("Refund the price of the parts, or send them."),
  ),
  refund(134, 250, 5, 175, "does not switch on", { ...approve, by: "Aisha Karim" }),
  email(
    500,
    "sofia.marsh@example.com",
    "Your parcel",
    "Dear Sofia,\n\nyour parcel left our warehouse on Monday.",
    approve,
  ),
  configChange("staging", 460, { ...approve, by: "Priya Nair" }),

  ...Array.from({ length: 11 }, (_, index) => returned(200 + index, 62 - index * 4)),
  returned(211, 39, undefined, 940),
  moved(220, 118, to("1420 Juniper Street", "Austin", "TX", "78701")),
  moved(221, 74, to("33 Ferry Road", "Tacoma", "WA", "98402")),
  refund(230, 81, 0, 89.9, "arrived with a broken stand"),
  refund(231, 55, 2, 310, "does not switch on"),
  refund(232, 23, 4, 120, "arrived broken"),
  refund(233, 35, 2, 640, "leaks, and ruined the table below"),
  email(
    28,
    "idris.cole@example.com",
    "Where your parcel is",
    "Dear Idris,\n\nyour parcel is in Denver and comes tomorrow between 9 and 12.\n\nKind regards,\nCustomer care",
  ),
  configChange("staging", 67),
  configChange("production", 12),
  access(93),
];
