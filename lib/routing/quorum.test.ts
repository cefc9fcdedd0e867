import { describe, expect, it } from "vitest";
import { approvalsMissing } from "./quorum";

const approval = (principalId: string, payloadHash = "a", edited = false) => ({
  principalId,
  payloadHash,
  edited,
});

describe("approvalsMissing", () => {
  it("counts distinct people, not approvals", () => {
    expect(approvalsMissing(2, "a", [approval("ann"), approval("ann")])).toBe(1);
    expect(approvalsMissing(2, "a", [approval("ann"), approval("ben")])).toBe(0);
  });
  it("is satisfied by more people than needed", () => {
    expect(approvalsMissing(2, "a", [approval("ann"), approval("ben"), approval("cat")])).toBe(0);
  });
  it("does not count approvals of a payload that was edited since", () => {
    expect(approvalsMissing(2, "b", [approval("ann", "a"), approval("ben", "b")])).toBe(1);
  });
  it("counts the editor's own approval only where one is enough", () => {
    expect(approvalsMissing(1, "b", [approval("ann", "b", true)])).toBe(0);
    expect(approvalsMissing(2, "b", [approval("ann", "b", true), approval("ben", "b")])).toBe(1);
  });
});
