import { expect, test } from "vitest";
import { type ImportReport, newReport } from "@/lib/imports/report";
import { sayReport } from "./say-report";

const report = (more: Partial<ImportReport>): ImportReport => ({ ...newReport(false), ...more });

test("what came in is counted by action type and outcome, and what did not is named by line", () => {
  const said = sayReport(
    report({
      lines: 9,
      importedInAll: 5,
      duplicates: 1,
      bad: 3,
      imported: new Map([
        ["send_email", new Map([["edited", 1]])],
        [
          "refund",
          new Map([
            ["approved", 3],
            ["rejected", 1],
          ]),
        ],
      ]),
      badLines: [
        { line: 2, problems: [{ path: "/outcome", message: "is not one" }] },
        { line: 4, problems: [1, 2, 3].map((each) => ({ path: `/${each}`, message: "no" })) },
      ],
      unknownTypes: new Map([["teleport", 2]]),
      unknownPeople: new Map([["Old\u001b[2J Colleague", 4]]),
      withoutExternalId: 1,
    }),
    "past.jsonl.rejected.jsonl",
  );
  expect(said).toBe(`action type  approved  edited  rejected  changes requested  in all
refund              3       0         1                  0       4
send_email          0       1         0                  0       1

bad lines, all of them in past.jsonl.rejected.jsonl:
  line 2: /outcome is not one
  line 4: /1 no; /2 no; and 1 more
  … and 1 more

action types that no policy covers: teleport (2)
  Give each a folder in the policies (docs/policies.md), and import again.

deciders nobody here is known by: Old·[2J Colleague (4)
  They are kept by name. An e-mail address of a person here ties a decision to them.

1 line has no external_id: it is known again only as long as nothing in it changes.

9 lines: 5 imported, 1 there already, 3 bad`);
});

test("a dry run says that it was one", () => {
  const refused = { count: 2, line: 7, errors: [{ path: "/payload/x", message: "is not known" }] };
  const said = sayReport(
    report({ dryRun: true, lines: 2, importedInAll: 2, refusedPayloads: new Map([["refund", refused]]) }),
    "r",
  );
  expect(said).toContain("refund: 2 payloads, the first on line 7: /payload/x is not known");
  expect(said).toContain("2 would come in");
  expect(said).toContain("nothing was written to the database");
});
