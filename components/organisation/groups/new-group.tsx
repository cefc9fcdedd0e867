"use client";

import { useRouter } from "next/navigation";
import type { createGroup } from "@/lib/directory/create-group";
import { NameDialog } from "../name-dialog";
import type { ServerAction } from "../server-action";
import { useSave } from "../use-save";

/** Adds a group and goes on to it, where members are added. */
export function NewGroup({ create }: { create: ServerAction<typeof createGroup> }) {
  const router = useRouter();
  const { save, saving, errors, clearErrors } = useSave();
  return (
    <NameDialog
      label="New group"
      title="New group"
      placeholder="Change board"
      error={errors["/name"]}
      saving={saving}
      onOpen={clearErrors}
      onSubmit={async (name) => {
        const added = await save(() => create({ name }), `${name.trim()} is added`);
        if (added) router.push(`/organisation/groups/${added.id}`);
        return added !== null;
      }}
    />
  );
}
