"use client";

import type { ReactNode } from "react";
import { PersonPicker } from "@/components/organisation/person-picker";
import {
  FILTER_TIERS,
  HISTORY_OUTCOMES,
  HISTORY_PERIODS,
  MOST_SUBJECT_LENGTH,
} from "@/lib/drafts/filter-limits";
import {
  type AllFilters,
  type FieldKey,
  hoursInWords,
  type Naming,
  OUTCOME_WORDS,
  PERIOD_WORDS,
  rulesOf,
  TIER_WORDS,
} from "./fields";
import { Choices, numberOf, OneOf, Typed } from "./inputs";

interface EditorProps {
  filters: AllFilters;
  naming: Naming;
  change: (changes: Partial<AllFilters>) => void;
}

const HOURS = [1, 2, 4, 8, 24, 72, 168];

/** What a field of the filters is set with, unless it is a switch. Whatever is changed shows at once. */
export function FieldEditor({ field, ...props }: EditorProps & { field: FieldKey }) {
  const Editor = EDITORS[field];
  return Editor ? <Editor {...props} /> : null;
}

const EDITORS: Partial<Record<FieldKey, (props: EditorProps) => ReactNode>> = {
  type: ({ filters, naming, change }) => (
    <Choices
      label="Types"
      options={naming.options.types.map(({ id, title }) => ({ value: id, label: title }))}
      chosen={filters.types}
      onChange={(types) => change({ types })}
    />
  ),
  tier: ({ filters, change }) => (
    <Choices
      label="Tiers"
      options={FILTER_TIERS.map((tier) => ({ value: tier, label: TIER_WORDS[tier] }))}
      chosen={filters.tiers}
      onChange={(tiers) => change({ tiers })}
    />
  ),
  agent: ({ filters, naming, change }) => (
    <Choices
      label="Agents"
      options={naming.options.agents.map((name) => ({ value: name, label: name }))}
      chosen={filters.agents}
      onChange={(agents) => change({ agents })}
    />
  ),
  outcome: ({ filters, change }) => (
    <Choices
      label="Outcomes"
      options={HISTORY_OUTCOMES.map((outcome) => ({ value: outcome, label: OUTCOME_WORDS[outcome] }))}
      chosen={filters.outcomes}
      onChange={(outcomes) => change({ outcomes })}
    />
  ),
  rule: ({ filters, naming, change }) => (
    <Choices
      label="Rules"
      options={rulesOf(naming.options, filters).map((rule) => ({ value: rule, label: rule }))}
      chosen={filters.rules}
      onChange={(rules) => change({ rules })}
    />
  ),
  subject: ({ filters, change }) => (
    <Typed
      label="Subject"
      hint="Its id, or its type and id: customer:cus_1"
      value={filters.subject ?? ""}
      maxLength={MOST_SUBJECT_LENGTH}
      onChange={(subject) => change({ subject: subject || undefined })}
    />
  ),
  amount: ({ filters, change }) => (
    <div className="grid grid-cols-2 gap-2">
      <Typed
        label="From"
        kind="number"
        value={String(filters.minAmount ?? "")}
        onChange={(typed) => change({ minAmount: numberOf(typed) })}
      />
      <Typed
        label="Up to"
        kind="number"
        value={String(filters.maxAmount ?? "")}
        onChange={(typed) => change({ maxAmount: numberOf(typed) })}
      />
      <p className="col-span-2 text-muted text-xs">In each draft's own currency.</p>
    </div>
  ),
  due: ({ filters, change }) => (
    <OneOf
      label="Time left"
      options={[
        { value: undefined, label: "Any" },
        ...HOURS.map((hours) => ({ value: hours, label: `Under ${hoursInWords(hours)}` })),
      ]}
      value={filters.dueWithinHours}
      onChange={(dueWithinHours) => change({ dueWithinHours })}
    />
  ),
  age: ({ filters, change }) => (
    <OneOf
      label="Age"
      options={[
        { value: undefined, label: "Any" },
        ...HOURS.map((hours) => ({ value: hours, label: `Over ${hoursInWords(hours)}` })),
      ]}
      value={filters.olderThanHours}
      onChange={(olderThanHours) => change({ olderThanHours })}
    />
  ),
  automatic: ({ filters, change }) => (
    <OneOf
      label="Ran by itself"
      options={[
        { value: undefined, label: "Either" },
        { value: true, label: "Yes, the policy let it" },
        { value: false, label: "No, people were asked" },
      ]}
      value={filters.automatic}
      onChange={(automatic) => change({ automatic })}
    />
  ),
  imported: ({ filters, change }) => (
    <OneOf
      label="Imported"
      options={[
        { value: undefined, label: "Either" },
        { value: true, label: "Yes, decided before Countersign" },
        { value: false, label: "No, decided here" },
      ]}
      value={filters.imported}
      onChange={(imported) => change({ imported })}
    />
  ),
  decidedBy: DecidedBy,
  decided: Decided,
};

function DecidedBy({ filters, naming, change }: EditorProps) {
  const { decidedBy } = filters;
  const personId = decidedBy === "me" ? undefined : decidedBy;
  return (
    <div className="grid gap-2">
      <OneOf
        label="Decided by"
        options={[
          { value: undefined, label: "Anyone" },
          { value: "me", label: "Me" },
        ]}
        value={decidedBy}
        onChange={(value) => change({ decidedBy: value })}
      />
      <PersonPicker
        label="Somebody else"
        placeholder="Somebody else"
        value={personId ? { id: personId, name: naming.personName(personId) ?? "Unknown" } : null}
        onChange={(person) => {
          if (person) naming.rememberName?.(person.id, person.name);
          change({ decidedBy: person?.id });
        }}
      />
    </div>
  );
}

function Decided({ filters: { period, from, to }, change }: EditorProps) {
  const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className="grid gap-2">
      <OneOf
        label="Date"
        options={[
          { value: undefined, label: "Any time" },
          ...HISTORY_PERIODS.map((value) => ({ value, label: PERIOD_WORDS[value] })),
        ]}
        value={from || to ? null : period}
        onChange={(value) =>
          change({
            period: value ?? undefined,
            from: undefined,
            to: undefined,
            zone: value === "today" ? here() : undefined,
          })
        }
      />
      <div className="grid grid-cols-2 gap-2">
        {(["from", "to"] as const).map((end) => (
          <Typed
            key={end}
            label={end === "from" ? "From" : "To"}
            kind="date"
            value={(end === "from" ? from : to) ?? ""}
            onChange={(day) => change({ period: undefined, [end]: day || undefined, zone: here() })}
          />
        ))}
      </div>
    </div>
  );
}
