import type { ReviewScreen } from "@/lib/drafts/types";

const BEGINNINGS = {
  caught: "This was a check, and it was caught.",
  missed: "This was a check, and it was missed. Nothing was carried out.",
  lapsed: "This was a check. Nobody decided it in time, and it was taken back.",
};

/** Says that a draft is a check of attention, to those who may know: everybody once it is over. */
export function CheckLine({ check }: { check: ReviewScreen["check"] }) {
  if (!check) return null;
  const beginning =
    check.outcome === null
      ? "This is a check. Those who decide it are not told, and nothing comes of it whatever they say."
      : BEGINNINGS[check.outcome];
  return (
    <p className="mx-3 mb-2 rounded-md bg-accent-soft px-3 py-1.5 text-sm sm:mx-4">
      <span className="font-semibold">{beginning}</span> It ought to be rejected, because {check.because}
    </p>
  );
}
