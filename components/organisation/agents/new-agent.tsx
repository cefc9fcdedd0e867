"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import type { createAgent } from "@/lib/agents/create-agent";
import { NameDialog } from "../name-dialog";
import { PersonPicker } from "../person-picker";
import type { ServerAction } from "../server-action";
import { useSave } from "../use-save";

/** Adds an agent and goes on to it, where its first key is made. */
export function NewAgent({
  self,
  create,
}: {
  self: { id: string; name: string };
  create: ServerAction<typeof createAgent>;
}) {
  const router = useRouter();
  const { save, saving, errors, clearErrors } = useSave();
  const [owner, setOwner] = useState<{ id: string; name: string } | null>(self);
  return (
    <NameDialog
      label="New agent"
      title="New agent"
      placeholder="Refund assistant"
      error={errors["/name"]}
      saving={saving}
      onOpen={() => {
        clearErrors();
        setOwner(self);
      }}
      onSubmit={async (name) => {
        const added = await save(() => create({ name, ownerId: owner?.id ?? "" }), `${name.trim()} is added`);
        if (added) router.push(`/organisation/agents/${added.id}`);
        return added !== null;
      }}
    >
      <Field
        label="Owner"
        error={errors["/ownerId"]}
        hint="Answers for what it drafts, and so never decides on it."
      >
        {(control) => <PersonPicker {...control} label="Owner" value={owner} onChange={setOwner} />}
      </Field>
    </NameDialog>
  );
}
