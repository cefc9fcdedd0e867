import Link from "next/link";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import type { ActionResult } from "@/lib/adapters/action";
import type { CheckSettings } from "@/lib/checks/get-check-settings";
import { findHints } from "@/lib/insights/attention/find-hints";
import type { PersonAttention } from "@/lib/insights/attention/types";
import { ColumnMeanings } from "../column-meanings";
import { ATTENTION_MEANINGS, AttentionTable } from "./attention-table";
import { CheckSettingsPanel } from "./check-settings-panel";
import { DaysLinks } from "./days-links";
import { HintList } from "./hint-list";

export type ChangeChecks = (input: {
  perHundred: number;
  version: number;
}) => Promise<ActionResult<{ perHundred: number; version: number }>>;

/** How people's attention held, and the checks that test it. */
export function AttentionPage({
  days,
  people,
  settings,
  change,
}: {
  days: number;
  people: PersonAttention[];
  settings: CheckSettings;
  /** Null for those who may only look. */
  change: ChangeChecks | null;
}) {
  return (
    <PageFrame
      title="Attention"
      description="Whether drafts are truly looked at. These figures are for finding what makes looking hard, not for ranking people; everybody sees their own."
      actions={<DaysLinks path="/insights/attention" days={days} />}
    >
      {people.length === 0 ? (
        <EmptyState title="Nobody decided anything in these days">
          As soon as people decide drafts, each has a row here: how long they look, how much they decide in
          batches, and how their looks at what ran by itself came out.
        </EmptyState>
      ) : (
        <>
          <AttentionTable
            label="Attention by person"
            first="Person"
            rows={people.map(({ person, total, hours }) => {
              const hints = findHints(total, hours);
              return {
                key: person.id,
                figures: total,
                head: (
                  <Link
                    href={`/insights/attention/people/${person.id}?days=${days}`}
                    className="break-words hover:text-accent hover:underline"
                  >
                    {person.name}
                  </Link>
                ),
                below: hints.length > 0 ? <HintList hints={hints} /> : null,
              };
            })}
          />
          <p className="mt-1.5 max-w-3xl text-muted text-xs">
            Under each share stands where it truly lies, 95 times of 100. Of fewer than 20 cases the cases
            themselves are shown, and nothing is concluded from them.
          </p>
          <ColumnMeanings columns={ATTENTION_MEANINGS} className="mt-1.5" />
        </>
      )}
      <CheckSettingsPanel settings={settings} change={change} />
    </PageFrame>
  );
}
