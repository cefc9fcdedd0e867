import { describe, expect, it } from "vitest";
import { departmentOf } from "./department-of";

const fact = (value: unknown) => ({ team: { value, source: "test" } });

describe("the department of a draft", () => {
  it("is the policy's", () => {
    expect(departmentOf({ department: "Finance", departmentFact: null }, fact("Legal"))).toBe("Finance");
    expect(departmentOf({ department: null, departmentFact: null }, {})).toBeNull();
  });

  it("is what a fact says, and nobody's when that says nothing", () => {
    const policy = { department: null, departmentFact: "team" };
    expect(departmentOf(policy, fact("Legal"))).toBe("Legal");
    for (const value of [null, "", 7, true, ["Legal"], {}])
      expect(departmentOf(policy, fact(value))).toBeNull();
    expect(departmentOf(policy, {})).toBeNull();
    expect(departmentOf({ department: null, departmentFact: "constructor" }, {})).toBeNull();
  });
});
