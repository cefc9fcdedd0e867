import type { Metadata } from "next";
import { DaysLinks } from "@/components/insights/attention/days-links";
import { PersonAttentionView } from "@/components/insights/attention/person-attention";
import { NeedsManager } from "@/components/insights/needs-manager";
import { PageFrame } from "@/components/organisation/page-frame";
import { createContext } from "@/lib/adapters/context";
import { orNotFound } from "@/lib/adapters/or-not-found";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { getPerson } from "@/lib/directory/get-person";
import { readDays } from "@/lib/insights/attention/days";
import { getAttentionOf } from "@/lib/insights/attention/get-attention";

export const metadata: Metadata = { title: "Attention" };

/** One person's attention, for those who oversee. */
export default async function AttentionOfPerson({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requirePerson();
  if (!may(actor, "insights.read")) return <NeedsManager />;
  const ctx = await createContext(actor);
  const { id } = await params;
  const days = readDays(readSearchParams(await searchParams).days);
  const [person, attention] = await Promise.all([
    orNotFound(getPerson(ctx, { id })),
    getAttentionOf(ctx, id, { days }),
  ]);
  return (
    <PageFrame
      title={person.name}
      back={{ href: `/insights/attention?days=${days}`, label: "Attention" }}
      description="What their screens measured. They see the same on their own page."
      actions={<DaysLinks path={`/insights/attention/people/${encodeURIComponent(id)}`} days={days} />}
    >
      <PersonAttentionView attention={attention} />
    </PageFrame>
  );
}
