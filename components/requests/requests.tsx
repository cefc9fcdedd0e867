"use client";

import { useRef, useState } from "react";
import { ulid } from "ulid";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toasts";
import type { OwnRequest, OwnRequestsPage } from "@/lib/drafting/list-draft-requests";
import type { DraftableType } from "@/lib/drafting/list-draftable-types";
import { NoModel } from "./no-model";
import { RequestCard } from "./request-card";
import { NOTHING_TYPED, RequestForm, type TypedRequest } from "./request-form";
import { contentOf, textOf } from "./request-words";
import { useRequests } from "./use-requests";

interface Props {
  page: OwnRequestsPage;
  types: DraftableType[];
  /** The model that writes; null where none is set up. */
  model: string | null;
  isDemo: boolean;
  serverNow: number;
}

/** Where a person asks the built-in drafter for a draft, and watches it become one. */
export function Requests({ page, types, model, isDemo, serverNow }: Props) {
  const toast = useToast();
  const { requests, hasMore, lost, ask, cancel, loadMore } = useRequests(page);
  const [typed, setTyped] = useState<TypedRequest>(NOTHING_TYPED);
  const [sending, setSending] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const listRef = useRef<HTMLHeadingElement>(null);
  const formRef = useRef<HTMLFormElement>(null);
  // Kept until there is an answer, so that sending again after a lost one makes no second request.
  const sent = useRef<{ key: string; body: string } | null>(null);

  const send = async () => {
    if (sending) return;
    setSending(true);
    const request = requestOf(typed);
    const body = JSON.stringify(request);
    if (sent.current?.body !== body) sent.current = { key: ulid(), body };
    const result = await ask(sent.current.key, request);
    setSending(false);
    if (!result.ok) {
      const fields = Object.fromEntries((result.fields ?? []).map(({ path, message }) => [path, message]));
      setErrors(fields);
      setProblem(Object.keys(fields).some((path) => FIELDS.test(path)) ? null : result.message);
      return;
    }
    sent.current = null;
    // On a phone the list is below the form: what was asked for comes into sight.
    listRef.current?.scrollIntoView({ block: "nearest", behavior: "smooth" });
    setErrors({});
    setProblem(null);
    setTyped({ ...NOTHING_TYPED, actionType: typed.actionType, subjectType: typed.subjectType });
  };
  const callOff = async (id: string) => {
    const result = await cancel(id);
    if (!result.ok) toast({ tone: "bad", title: "Not cancelled", body: result.message });
  };
  const again = (request: OwnRequest) => {
    setTyped(typedOf(request));
    setErrors({});
    setProblem(null);
    formRef.current?.querySelector("textarea")?.focus();
  };

  return (
    <PageFrame
      title="Ask for a draft"
      description="The built-in drafter writes it, from your words, the policy and how people decided before. Policy decides who looks at it, as with any agent’s draft."
    >
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {model ? (
          <RequestForm
            types={types}
            typed={typed}
            onChange={setTyped}
            onSend={send}
            sending={sending}
            errors={errors}
            problem={problem}
            formRef={formRef}
          />
        ) : (
          <NoModel isDemo={isDemo} />
        )}
        <section aria-labelledby="own-requests" className="min-w-0">
          <h2 ref={listRef} id="own-requests" className="mb-2 scroll-mt-14 font-semibold text-sm">
            Your requests
          </h2>
          {lost && (
            <p role="status" className="mb-2 text-sm text-warn">
              The server cannot be reached. What you see may be old.
            </p>
          )}
          {requests.length === 0 ? (
            <EmptyState title="You have asked for nothing yet">
              What you ask for appears here, with its progress, its draft and what it cost.
            </EmptyState>
          ) : (
            <ul className="space-y-2">
              {requests.map((request) => (
                <RequestCard
                  key={request.id}
                  request={request}
                  serverNow={serverNow}
                  onCancel={() => callOff(request.id)}
                  onAgain={model ? () => again(request) : null}
                />
              ))}
            </ul>
          )}
          {hasMore && (
            <Button onClick={loadMore} className="mt-2 w-full">
              Show older ones
            </Button>
          )}
          <Announcer requests={requests} />
        </section>
      </div>
    </PageFrame>
  );
}

/** Paths of fields that show their own refusal. */
const FIELDS = /^\/(action_type|text|subject\/(type|id)|records(\/\d+\/(title|content))?)$/;

const requestOf = ({ actionType, subjectType, subjectId, text, records }: TypedRequest) => ({
  action_type: actionType,
  subject: { type: subjectType, id: subjectId },
  text,
  records: records.map((record) => ({ title: record.title, content: contentOf(record.text).content })),
});

const typedOf = ({ action_type, subject, text, records }: OwnRequest): TypedRequest => ({
  actionType: action_type,
  subjectType: subject.type,
  subjectId: subject.id,
  text,
  records: records.map(({ title, content }, key) => ({ key, title, text: textOf(content) })),
});

/** Tells screen readers how the newest request goes, once per step. */
function Announcer({ requests }: { requests: OwnRequest[] }) {
  const [newest] = requests;
  const words =
    newest && newest.finished_at === null ? newest.status : (newest?.error?.message ?? newest?.status);
  return (
    <p role="status" className="sr-only">
      {newest && `${newest.title}: ${words}`}
    </p>
  );
}
