"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useRef } from "react";
import { PersonPicker } from "@/components/organisation/person-picker";
import { Field } from "@/components/ui/field";
import { moved, type ParticipantForm } from "./editor-model";
import { SmallButton } from "./small-button";

/** People in the order of their turns; the same one may stand there twice. */
export function ParticipantsField({
  layerName,
  participants,
  error,
  onChange,
  className,
}: {
  layerName: string;
  participants: ParticipantForm[];
  error?: string;
  onChange: (participants: ParticipantForm[]) => void;
  className?: string;
}) {
  const added = useRef(0);
  const add = (person: { id: string; name: string } | null) => {
    if (!person) return;
    added.current += 1;
    onChange([...participants, { key: `added${added.current}`, ...person }]);
  };
  return (
    <div className={className}>
      {participants.length > 0 && (
        <ol aria-label={`Turns in ${layerName}`} className="mb-2 divide-y rounded-md border">
          {participants.map((person, index) => (
            <li key={person.key} className="flex items-center gap-2 pl-2.5 text-sm">
              <span className="tabular w-4 text-muted text-xs">{index + 1}</span>
              <span className="min-w-0 flex-1 truncate">{person.name}</span>
              <SmallButton
                label={`${person.name} earlier`}
                icon={ArrowUp}
                disabled={index === 0}
                onClick={() => onChange(moved(participants, index, -1))}
              />
              <SmallButton
                label={`${person.name} later`}
                icon={ArrowDown}
                disabled={index === participants.length - 1}
                onClick={() => onChange(moved(participants, index, 1))}
              />
              <SmallButton
                label={`Remove ${person.name} from ${layerName}`}
                icon={X}
                onClick={() => onChange(participants.filter(({ key }) => key !== person.key))}
              />
            </li>
          ))}
        </ol>
      )}
      <Field
        label={participants.length === 0 ? "Who takes turns" : "Add a person"}
        hint="Approvers, in the order of their turns."
        error={error}
      >
        {(control) => <PersonPicker {...control} withRole="approver" value={null} onChange={add} />}
      </Field>
    </div>
  );
}
