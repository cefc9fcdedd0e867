import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readQueue } from "@/components/inbox/read-queue";
import { DecisionBar } from "@/components/review/decision-bar";
import { QueueSeed } from "@/components/review/queue-seed";
import { Review } from "@/components/review/review";
import { NoRole } from "@/components/shell/no-role";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { getReview } from "@/lib/drafts/get-review";
import { listInbox } from "@/lib/drafts/list-inbox";
import { CountersignError } from "@/lib/errors";
import { decide, undo } from "../actions";

export const metadata: Metadata = { title: "Review" };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ queue?: string }>;
}

export default async function ReviewPage({ params, searchParams }: Props) {
  const actor = await requirePerson();
  if (!may(actor, "inbox.read")) return <NoRole />;
  const [{ id }, { queue: wanted }] = await Promise.all([params, searchParams]);
  const queue = readQueue(wanted);
  const ctx = await createContext(actor);
  const readAt = Date.now();
  const [screen, page] = await Promise.all([
    getReview(ctx, id).catch((error: unknown) => {
      if (error instanceof CountersignError && error.code === "not_found") notFound();
      throw error;
    }),
    listInbox(ctx, { queue }),
  ]);
  const isOnlyLooking = !may(actor, "draft.decide") && screen.draft.status === "pending";
  const shown = isOnlyLooking ? { ...screen, why: { ...screen.why, ...NOT_AN_APPROVER } } : screen;
  return (
    <div className="flex min-h-[calc(100dvh-3rem)] flex-col">
      <div className="flex-1">
        <Review screen={shown} queue={queue} serverNow={readAt} />
      </div>
      <DecisionBar key={id} screen={shown} queue={queue} decide={decide} undo={undo} />
      <QueueSeed page={{ ...page, readAt }} />
    </div>
  );
}

const NOT_AN_APPROVER = { eligible: false, sentence: "You can look; deciding needs the approver role." };
