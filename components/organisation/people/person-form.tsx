"use client";

import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { ROLES } from "@/lib/context";
import type { changePerson } from "@/lib/directory/change-person";
import type { PersonDetail } from "@/lib/directory/get-person";
import type { ServerAction } from "../server-action";
import { useEdited } from "../use-edited";
import { useSave } from "../use-save";
import { PersonFields, type PersonValues } from "./person-fields";

/** Changes what is known of a person, against the version that the page showed. */
export function PersonForm({
  person,
  departments,
  change,
}: {
  person: PersonDetail;
  departments: { id: string; name: string }[];
  change: ServerAction<typeof changePerson>;
}) {
  const { save, saving, errors, clearErrors } = useSave();
  const stored: PersonValues = {
    name: person.name,
    email: person.email,
    departmentId: person.department?.id ?? null,
    manager: person.manager,
    roles: ROLES.filter((role) => person.roles.includes(role)),
  };
  const form = useEdited(stored, person.version);
  const submit = async () => {
    const { manager, ...fields } = form.values;
    const input = { id: person.id, version: form.version, ...fields, managerId: manager?.id ?? null };
    const result = await save(() => change(input), `${fields.name.trim()} is saved`);
    if (result) form.saved(result.version);
  };
  return (
    <Panel title="Who they are and what they may do">
      <form
        className="mt-2"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PersonFields
          values={form.values}
          set={form.set}
          departments={departments}
          errors={errors}
          theirs={form.theirs}
          personId={person.id}
        />
        <div className="mt-4 mb-1 flex justify-end gap-2">
          {form.isChanged && (
            <Button
              look="quiet"
              onClick={() => {
                form.reset();
                clearErrors();
              }}
            >
              Undo changes
            </Button>
          )}
          <Button type="submit" look="accent" disabled={saving || !form.isChanged}>
            Save
          </Button>
        </div>
      </form>
    </Panel>
  );
}
