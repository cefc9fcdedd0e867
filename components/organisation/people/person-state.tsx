"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { PersonDetail } from "@/lib/directory/get-person";
import type { setPersonDisabled } from "@/lib/directory/set-person-disabled";
import { ConfirmDialog } from "../confirm-dialog";
import type { ServerAction } from "../server-action";
import { useSave } from "../use-save";

/** Disables a person after saying what follows, or enables them again. */
export function PersonState({
  person,
  setDisabled,
}: {
  person: PersonDetail;
  setDisabled: ServerAction<typeof setPersonDisabled>;
}) {
  const { save, saving } = useSave();
  const [asking, setAsking] = useState(false);
  const isDisabled = person.disabledAt !== null;
  const change = async () => {
    const done = isDisabled ? `${person.name} is enabled` : `${person.name} is disabled`;
    await save(() => setDisabled({ id: person.id, disabled: !isDisabled }), done);
    setAsking(false);
  };
  if (isDisabled) {
    return (
      <Button disabled={saving} onClick={change}>
        Enable
      </Button>
    );
  }
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        Disable
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Disable ${person.name}?`}
        confirm="Disable"
        busy={saving}
        onConfirm={change}
      >
        <ul className="list-disc space-y-1.5 pl-4">
          {consequences(person).map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        <p className="mt-3 text-muted">What they decided stays as it is. They can be enabled again.</p>
      </ConfirmDialog>
    </>
  );
}

/** What stops when a person is disabled, as sentences; the first always holds. */
function consequences(person: PersonDetail): string[] {
  const { rules, schedules, headOf, agents, keys, standsInFor } = person;
  const names = (items: { name: string }[]) => items.map(({ name }) => name).join(", ");
  const asking = [...new Set(rules.map(({ rule }) => rule))];
  return [
    "They are signed out at their next click and cannot sign in.",
    asking.length > 0 &&
      `These rules no longer find them: ${asking.join(", ")}. What waits for them alone goes up its chain.`,
    schedules.length > 0 && `During their turns nobody is on call by ${names(schedules)}.`,
    headOf.length > 0 && `Rules that ask the head of ${names(headOf)} find nobody.`,
    standsInFor.length > 0 && `Nobody stands in for ${names(standsInFor)} any more.`,
    keys.length > 0 &&
      `${keys.length === 1 ? "A key" : `${keys.length} keys`} they own ${keys.length === 1 ? "opens" : "open"} nothing any more (${[...new Set(keys.map(({ name }) => name))].join(", ")}).`,
    agents.length > 0 && `Give ${names(agents)} another owner, then rotate the keys.`,
  ].filter((each) => each !== false);
}
