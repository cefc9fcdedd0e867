"use client";

import { type RefObject, useId } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import type { DraftableType } from "@/lib/drafting/list-draftable-types";
import { RecordFields, type TypedRecord } from "./record-fields";

/** What is typed into the form. */
export interface TypedRequest {
  actionType: string;
  subjectType: string;
  subjectId: string;
  text: string;
  records: TypedRecord[];
}

export const NOTHING_TYPED: TypedRequest = {
  actionType: "",
  subjectType: "",
  subjectId: "",
  text: "",
  records: [],
};

/** What to draft, what it is about, in anybody's words, and what there is to go by. */
export function RequestForm({
  types,
  typed,
  onChange,
  onSend,
  sending,
  errors,
  problem,
  formRef,
}: {
  types: DraftableType[];
  typed: TypedRequest;
  onChange: (typed: TypedRequest) => void;
  onSend: () => void;
  sending: boolean;
  /** The refusal's sentences by JSON Pointer of the field. */
  errors: Record<string, string>;
  /** Why it was refused as a whole. */
  problem: string | null;
  formRef: RefObject<HTMLFormElement | null>;
}) {
  const listId = useId();
  const chosen = types.find(({ actionType }) => actionType === typed.actionType);
  const subjectTypes = [...new Set(types.flatMap(({ subjectType }) => subjectType ?? []))].sort();
  const set = (with_: Partial<TypedRequest>) => onChange({ ...typed, ...with_ });
  return (
    <form
      ref={formRef}
      aria-label="Ask for a draft"
      className="space-y-3 rounded-lg border bg-surface p-3 sm:p-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <Field label="Action" hint={chosen && <About type={chosen} />} error={errors["/action_type"]}>
        {(control) => (
          <Select
            {...control}
            required
            value={typed.actionType}
            onChange={(event) => {
              const type = types.find(({ actionType }) => actionType === event.target.value);
              set({
                actionType: event.target.value,
                subjectType: typed.subjectType || (type?.subjectType ?? ""),
              });
            }}
          >
            <option value="">Choose what should be done…</option>
            {types.map(({ actionType, title }) => (
              <option key={actionType} value={actionType}>
                {title}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3">
        <Field label="About a" error={errors["/subject/type"]}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={100}
              list={listId}
              placeholder="customer"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              value={typed.subjectType}
              onChange={(event) => set({ subjectType: event.target.value })}
            />
          )}
        </Field>
        <Field label="Its id" error={errors["/subject/id"]}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={300}
              placeholder="cus_1"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              value={typed.subjectId}
              onChange={(event) => set({ subjectId: event.target.value })}
            />
          )}
        </Field>
        <datalist id={listId}>
          {subjectTypes.map((type) => (
            <option key={type} value={type} />
          ))}
        </datalist>
      </div>
      <Field
        label="Request"
        error={errors["/text"]}
        hint="Your words, or those of whoever wrote to you. It can change what the draft says, not which action it is, what it is about or who decides it."
      >
        {(control) => (
          <TextArea
            {...control}
            required
            rows={5}
            maxLength={20_000}
            placeholder="The lamp of order W123 arrived broken. She wants the 40 dollars back."
            value={typed.text}
            onChange={(event) => set({ text: event.target.value })}
            onSubmitKey={onSend}
          />
        )}
      </Field>
      <RecordFields records={typed.records} onChange={(records) => set({ records })} errors={errors} />
      {problem && (
        <p role="alert" className="rounded-md bg-bad-soft px-2.5 py-2 text-bad text-sm">
          {problem}
        </p>
      )}
      <div className="flex items-center justify-between gap-3 border-t pt-3">
        <p className="text-muted text-xs">Request and records become the draft’s evidence.</p>
        <Button type="submit" look="accent" disabled={sending}>
          {sending ? "Sending…" : "Ask for the draft"}
        </Button>
      </div>
    </form>
  );
}

const About = ({ type }: { type: DraftableType }) => (
  <>
    {type.description}
    {type.needsAgent && (
      <span className="mt-0.5 block">
        Countersign does not carry this out itself: once approved, the draft waits for a program that has a
        key of the drafter.
      </span>
    )}
  </>
);
