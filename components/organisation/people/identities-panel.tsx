"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Panel } from "@/components/ui/panel";
import type { addIdentity } from "@/lib/directory/add-identity";
import type { PersonDetail } from "@/lib/directory/get-person";
import type { Identity } from "@/lib/directory/identity";
import type { removeIdentity } from "@/lib/directory/remove-identity";
import { ConfirmDialog } from "../confirm-dialog";
import type { ServerAction } from "../server-action";
import { useSave } from "../use-save";
import { IdentityFields } from "./identity-fields";

/** How a person signs in; admins add and remove identities. */
export function IdentitiesPanel({
  person,
  issuer,
  mayWrite,
  add,
  remove,
}: {
  person: PersonDetail;
  /** The issuer that people here sign in by. */
  issuer: string;
  mayWrite: boolean;
  add: ServerAction<typeof addIdentity>;
  remove: ServerAction<typeof removeIdentity>;
}) {
  const { save, saving, errors, clearErrors } = useSave();
  const [adding, setAdding] = useState<Identity | null>(null);
  const [removing, setRemoving] = useState<Identity | null>(null);
  const begin = () => {
    clearErrors();
    setAdding({ issuer, subject: issuer === "demo" ? person.id : "" });
  };
  const submit = async () => {
    if (!adding) return;
    const answer = await save(() => add({ personId: person.id, identity: adding }), "The identity is added");
    if (answer !== null) setAdding(null);
  };
  const confirmRemoval = async () => {
    if (!removing) return;
    await save(() => remove({ personId: person.id, identity: removing }), "The identity is removed");
    setRemoving(null);
  };
  return (
    <Panel
      title="Signs in as"
      aside={
        mayWrite && (
          <button type="button" onClick={begin} className="font-medium text-accent hover:underline">
            Add identity
          </button>
        )
      }
    >
      {person.identities.length === 0 && (
        <p className="text-muted text-sm">Nobody can sign in as {person.name}: there is no identity.</p>
      )}
      <ul className="divide-y divide-line">
        {person.identities.map((identity) => (
          <li key={`${identity.issuer} ${identity.subject}`} className="flex items-center gap-2 py-1">
            <div className="min-w-0 flex-1">
              <p className="break-all font-mono text-xs">{identity.subject}</p>
              <p className="break-all text-muted text-xs">{identity.issuer}</p>
            </div>
            {mayWrite && (
              <button
                type="button"
                aria-label={`Remove the identity ${identity.subject}`}
                title="Remove"
                onClick={() => setRemoving(identity)}
                className="inline-flex size-7 shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-bad"
              >
                <X aria-hidden="true" className="size-3.5" />
              </button>
            )}
          </li>
        ))}
      </ul>
      <Dialog
        open={adding !== null}
        onOpenChange={(open) => !open && setAdding(null)}
        title="Add an identity"
        description={`Whoever signs in with it acts as ${person.name} from then on.`}
      >
        {adding && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <div className="px-4 py-3">
              <IdentityFields value={adding} onChange={setAdding} errors={errors} />
            </div>
            <div className="flex justify-end gap-2 border-t px-4 py-3">
              <Button look="quiet" onClick={() => setAdding(null)}>
                Cancel
              </Button>
              <Button type="submit" look="accent" disabled={saving}>
                Add identity
              </Button>
            </div>
          </form>
        )}
      </Dialog>
      <ConfirmDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title="Remove this identity?"
        confirm="Remove identity"
        busy={saving}
        onConfirm={confirmRemoval}
      >
        <p className="break-all font-mono text-xs">{removing?.subject}</p>
        <p className="mt-2">
          Nobody signs in with it any more, and who is signed in with it now is out at their next click.
          {person.identities.length === 1 && ` It is the only one ${person.name} has.`}
        </p>
      </ConfirmDialog>
    </Panel>
  );
}
