import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CompareVersions } from "@/components/organisation/policies/compare-versions";
import { createContext } from "@/lib/adapters/context";
import { requirePerson } from "@/lib/auth/require-person";
import { titleOf } from "@/lib/drafts/title-of";
import { CountersignError } from "@/lib/errors";
import { diffVersions } from "@/lib/policy-files/diff-versions";
import { listVersions } from "@/lib/policy-files/list-versions";

interface Props {
  params: Promise<{ type: string }>;
  searchParams: Promise<{ from?: string | string[]; to?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).type)}: what changed` };
}

export default async function ComparePage({ params, searchParams }: Props) {
  const actor = await requirePerson();
  const ctx = await createContext(actor);
  const actionType = decodeURIComponent((await params).type);
  const asked = await searchParams;
  const { versions } = await listVersions(ctx, actionType);
  const newest = versions[0];
  if (!newest) notFound();
  // Without a choice: the newest against the one before it.
  const to = typeof asked.to === "string" ? asked.to : newest.id;
  const from = typeof asked.from === "string" ? asked.from : (versions[1] ?? newest).id;
  const diff = await diffVersions(ctx, { actionType, from, to }).catch((error: unknown) => {
    if (error instanceof CountersignError && ["not_found", "invalid_request"].includes(error.code))
      return null;
    throw error;
  });
  const title = titleOf(ctx.policies.get(actionType), actionType);
  return <CompareVersions {...{ actionType, title, versions, from, to, diff }} />;
}
