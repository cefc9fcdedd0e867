import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NoRole } from "@/components/shell/no-role";
import { Trail } from "@/components/trail/trail";
import { createContext } from "@/lib/adapters/context";
import { listDraftTrail } from "@/lib/audit/list-draft-trail";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { CountersignError } from "@/lib/errors";

export const metadata: Metadata = { title: "Trail" };

export default async function TrailPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requirePerson();
  if (!may(actor, "trail.read")) return <NoRole />;
  const { id } = await params;
  const entries = await listDraftTrail(await createContext(actor), id).catch((error: unknown) => {
    if (error instanceof CountersignError && error.code === "not_found") notFound();
    throw error;
  });
  return <Trail draftId={id} entries={entries} />;
}
