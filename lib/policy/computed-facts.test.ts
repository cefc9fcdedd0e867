import { describe, expect, it } from "vitest";
import { parseComputedFact } from "./computed-facts";

describe("the name of a computed fact", () => {
  it.each([
    ["subject_amount_24h", "subject", "amount", 24, false],
    ["agent_drafts_1h", "agent", "drafts", 1, false],
    ["agent_reject_rate_30d", "agent", "reject_rate", 720, false],
    ["action_type_amount_7d", "action_type", "amount", 168, false],
    ["subject_action_type_amount_24h", "subject_action_type", "amount", 24, false],
    ["subject_amount_24h_automatic", "subject", "amount", 24, true],
    ["action_type_drafts_8760h_automatic", "action_type", "drafts", 8760, true],
    ["subject_action_type_reject_rate_365d", "subject_action_type", "reject_rate", 8760, false],
  ])("%s is read", (name, scope, measure, hours, automatic) => {
    expect(parseComputedFact(name)).toEqual({ scope, measure, hours, automatic });
  });

  it.each([
    "amount",
    "subject_amount",
    "subject_amount_0h",
    "subject_amount_024h",
    "subject_amount_8761h",
    "subject_amount_366d",
    "subject_amount_24m",
    "subject_amount_1.5h",
    "team_amount_24h",
    "agent_subject_amount_24h",
    "agent_reject_rate_30d_automatic",
    "my_subject_amount_24h",
    "subject_amount_24h_",
    "Subject_amount_24h",
  ])("is not %s", (name) => expect(parseComputedFact(name)).toBeNull());
});
