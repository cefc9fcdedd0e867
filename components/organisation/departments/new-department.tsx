"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import type { createDepartment } from "@/lib/directory/create-department";
import { NameDialog } from "../name-dialog";
import { PersonPicker } from "../person-picker";
import type { ServerAction } from "../server-action";
import { useSave } from "../use-save";

/** Adds a department and goes on to it. */
export function NewDepartment({ create }: { create: ServerAction<typeof createDepartment> }) {
  const router = useRouter();
  const { save, saving, errors, clearErrors } = useSave();
  const [head, setHead] = useState<{ id: string; name: string } | null>(null);
  return (
    <NameDialog
      label="New department"
      title="New department"
      placeholder="Legal"
      error={errors["/name"]}
      saving={saving}
      onOpen={() => {
        clearErrors();
        setHead(null);
      }}
      onSubmit={async (name) => {
        const added = await save(() => create({ name, headId: head?.id ?? null }), `${name.trim()} is added`);
        if (added) router.push(`/organisation/departments/${added.id}`);
        return added !== null;
      }}
    >
      <Field label="Head" optional error={errors["/headId"]}>
        {(control) => <PersonPicker {...control} label="Head" value={head} onChange={setHead} />}
      </Field>
    </NameDialog>
  );
}
