"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { createPerson } from "@/lib/directory/create-person";
import type { Identity } from "@/lib/directory/identity";
import type { ServerAction } from "../server-action";
import { useSave } from "../use-save";
import { IdentityFields } from "./identity-fields";
import { PersonFields, type PersonValues } from "./person-fields";

const EMPTY: PersonValues = { name: "", email: "", departmentId: null, manager: null, roles: [] };

/** Adds a person; goes on to their page. */
export function NewPerson({
  departments,
  issuer,
  create,
}: {
  departments: { id: string; name: string }[];
  issuer: string;
  create: ServerAction<typeof createPerson>;
}) {
  const router = useRouter();
  const { save, saving, errors } = useSave();
  const [values, setValues] = useState(EMPTY);
  const [identity, setIdentity] = useState<Identity>({ issuer, subject: "" });
  const submit = async () => {
    const { manager, ...fields } = values;
    const added = await save(
      () =>
        create({
          ...fields,
          managerId: manager?.id ?? null,
          identity: identity.subject.trim() ? identity : null,
        }),
      `${values.name.trim()} is added`,
    );
    if (added) router.push(`/organisation/people/${added.id}`);
  };
  return (
    <form
      className="max-w-3xl rounded-lg border bg-surface"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="p-4">
        <PersonFields
          values={values}
          set={(key, value) => setValues((now) => ({ ...now, [key]: value }))}
          departments={departments}
          errors={errors}
        />
        <fieldset className="mt-5 border-t pt-3">
          <legend className="sr-only">Identity</legend>
          <h2 className="font-medium text-sm">How they sign in</h2>
          <p className="mb-2 text-muted text-xs">
            The subject that your sign-in vouches for. Without one they are known and can be named, but cannot
            sign in; it can be added later.
          </p>
          <IdentityFields value={identity} onChange={setIdentity} errors={errors} isOptional />
        </fieldset>
      </div>
      <div className="flex justify-end gap-2 border-t px-4 py-3">
        <Button look="quiet" onClick={() => router.push("/organisation/people")}>
          Cancel
        </Button>
        <Button type="submit" look="accent" disabled={saving}>
          Add person
        </Button>
      </div>
    </form>
  );
}
