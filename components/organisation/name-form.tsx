"use client";

import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import type { ActionResult } from "@/lib/adapters/action";
import { useEdited } from "./use-edited";
import { useSave } from "./use-save";

/** Renames something, against the version that the page showed. */
export function NameForm({
  name,
  version,
  rename,
}: {
  name: string;
  version: number;
  rename: (change: { name: string; version: number }) => Promise<ActionResult<{ version: number }>>;
}) {
  const { save, saving, errors } = useSave();
  const form = useEdited({ name }, version);
  const submit = async () => {
    const change = { name: form.values.name, version: form.version };
    const saved = await save(() => rename(change), "The name is saved");
    if (saved) form.saved(saved.version);
  };
  return (
    <Panel title="Name">
      <form
        className="mt-1 flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label="Name"
          hideLabel
          className="min-w-0 flex-1"
          error={errors["/name"]}
          hint={
            form.theirs.name && <span className="text-warn">Somebody else stored: {form.theirs.name}</span>
          }
        >
          {(control) => (
            <Input
              {...control}
              required
              autoComplete="off"
              maxLength={100}
              value={form.values.name}
              onChange={(event) => form.set("name", event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" look="accent" className="self-start" disabled={saving || !form.isChanged}>
          Save
        </Button>
      </form>
    </Panel>
  );
}
