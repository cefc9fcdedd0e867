import {
  configChange,
  type Decided,
  moved,
  refund,
  reject,
  returned,
  sendBack,
  type TourDraft,
  to,
} from "./tour-drafts";

const DAYS = 56;
/** The tour's own drafts begin after it. */
const UNTIL_DAYS = 2;
const COUNT = 420;
const FIRST_SERIAL = 1_000;
/** People refund up to this without a second thought. */
const UNQUESTIONED = 240;

const WHY = ["arrived broken", "does not switch on", "came with a crack", "arrived a week late"] as const;
const PEOPLE = [
  "Mei Tanaka",
  "Aisha Karim",
  "Mei Tanaka",
  "Grace Okafor",
  "Mei Tanaka",
  "Victor Stein",
] as const;
const PLACES = [
  to("5 Mill Lane", "Salem", "OR", "97301"),
  to("60 Pine Street", "Boulder", "CO", "80302"),
  to("118 Elm Street", "Evanston", "IL", "60201"),
];

/** Eight weeks of drafts and decisions before the tour: what insights, library and promotions are about. */
export const tourPast: TourDraft[] = Array.from({ length: COUNT }, (_, at) => {
  const span = (DAYS - UNTIL_DAYS) * 24 * 60;
  const minutesAgo = UNTIL_DAYS * 24 * 60 + span - Math.round((at * span) / COUNT) + ((at * 53) % 90);
  return pastDraft(at, minutesAgo);
});

function pastDraft(at: number, minutesAgo: number): TourDraft {
  const serial = FIRST_SERIAL + at;
  const by = { by: PEOPLE[at % PEOPLE.length], afterMinutes: 3 + ((at * 37) % 240) };
  const decided = (verdict: NonNullable<Decided>): Decided => ({ ...by, ...verdict });
  const approve = decided({ verdict: "approve" });
  switch (at % 10) {
    case 6:
    case 7:
      return returned(
        serial,
        minutesAgo,
        at % 40 === 6 ? decided(reject("It was used for weeks.")) : approve,
      );
    case 8:
      return moved(serial, minutesAgo, PLACES[at % PLACES.length]!, approve);
    case 9:
      return configChange("staging", minutesAgo, { ...approve, by: "Priya Nair" } as Decided);
    default: {
      // Small ones run by themselves, and of the others most are small.
      const spread = ((at * 7_919) % 1_000) / 1_000;
      const amount = Number((at % 10 === 0 ? 12 + spread * 35 : 52 + spread ** 2 * 340).toFixed(2));
      return refund(
        serial,
        minutesAgo,
        at % 8,
        amount,
        WHY[at % WHY.length]!,
        decided(verdictOn(amount, at)),
      );
    }
  }
}

function verdictOn(amount: number, at: number): NonNullable<Decided> {
  if (amount <= UNQUESTIONED || at % 3 === 0) return { verdict: "approve" };
  if (at % 7 === 0) return sendBack("Add a photo that shows the damage.");
  if (at % 3 === 1) return reject("More than the damage is worth. Offer a repair.");
  return { verdict: "edit_and_approve", edit: { amount: UNQUESTIONED }, reason: "Repairing it costs less." };
}
