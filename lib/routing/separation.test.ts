import { describe, expect, it } from "vitest";
import { type Duties, separatedBecause } from "./separation";

const nobody: Duties = {
  agentOwnerId: "owner",
  keyOwnerId: "key-owner",
  keyCreatorId: "creator",
  keyRotatorId: "rotator",
  requestedById: "requester",
  behindIds: ["behind"],
  editorIds: ["editor"],
};

describe("separatedBecause", () => {
  it.each(["owner", "key-owner", "creator", "rotator", "requester", "behind", "editor"])(
    "keeps the %s away, with a reason",
    (person) => {
      expect(separatedBecause(person, nobody)).toMatch(/\.$/);
    },
  );
  it("lets anyone else decide, also when most duties are unknown", () => {
    expect(separatedBecause("ann", nobody)).toBeNull();
    const unknown = {
      ...nobody,
      keyCreatorId: null,
      keyRotatorId: null,
      requestedById: null,
      behindIds: [],
      editorIds: [],
    };
    expect(separatedBecause("ann", unknown)).toBeNull();
  });
});
