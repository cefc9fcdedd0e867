import { describe, expect, it } from "vitest";
import { may } from "./permissions";

describe("the permission table", () => {
  it("lets approvers decide, and nobody else, admins included", () => {
    expect(may({ roles: ["approver"] }, "draft.decide")).toBe(true);
    expect(may({ roles: ["admin", "manager", "auditor"] }, "draft.decide")).toBe(false);
  });

  it("lets every role look, and a person without any role nothing", () => {
    for (const role of ["approver", "manager", "admin", "auditor"] as const) {
      expect(may({ roles: [role] }, "inbox.read")).toBe(true);
    }
    expect(may({ roles: [] }, "inbox.read")).toBe(false);
  });
});
