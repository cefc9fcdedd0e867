"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import type { issueKey } from "@/lib/keys/issue-key";
import { SCOPES, type Scope, scopesFor } from "@/lib/keys/scopes";
import { PersonPicker } from "../person-picker";
import type { ServerAction } from "../server-action";
import { useSave } from "../use-save";
import { type MadeKey, ShownKey } from "./shown-key";

const LIFETIMES = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "", label: "Never" },
];

/** For whom: an agent that is there, or an integration that is named with the key. */
export type KeyHolder =
  | { kind: "agent"; id: string; name: string }
  | { kind: "integration"; self: { id: string; name: string } };

/** Makes a key for a holder and shows it, this once. */
export function NewKey({ holder, issue }: { holder: KeyHolder; issue: ServerAction<typeof issueKey> }) {
  const { save, saving, errors, clearErrors } = useSave();
  const usual: Scope[] =
    holder.kind === "agent" ? ["drafts:write", "drafts:read", "examples:read"] : ["facts:write"];
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [owner, setOwner] = useState<{ id: string; name: string } | null>(null);
  const [scopes, setScopes] = useState(usual);
  const [days, setDays] = useState("90");
  const [made, setMade] = useState<MadeKey | null>(null);
  const begin = () => {
    clearErrors();
    setName("");
    setOwner(holder.kind === "integration" ? holder.self : null);
    setScopes(usual);
    setDays("90");
    setOpen(true);
  };
  const submit = async () => {
    const input = {
      holder:
        holder.kind === "agent"
          ? ({ kind: "agent", id: holder.id } as const)
          : ({ kind: "integration", name, ownerId: owner?.id ?? "" } as const),
      scopes,
      expiresAfterDays: days ? Number(days) : null,
    };
    const key = await save(() => issue(input), "The key is made");
    if (!key) return;
    setOpen(false);
    setMade({ key: key.key, scopes: key.scopes });
  };
  return (
    <>
      <Button onClick={begin}>{holder.kind === "agent" ? "New key" : "New integration key"}</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={holder.kind === "agent" ? `New key for ${holder.name}` : "New integration key"}
        description="You will not be asked to decide on anything that is submitted with it: who makes a key is kept apart from who approves."
      >
        <form
          className="flex min-h-0 flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <div className="grid gap-3 overflow-y-auto px-4 py-3">
            {holder.kind === "integration" && (
              <>
                <Field label="Name of the system" error={errors["/holder/name"]}>
                  {(control) => (
                    <Input
                      {...control}
                      required
                      autoComplete="off"
                      maxLength={100}
                      placeholder="Order system"
                      value={name}
                      onChange={(event) => setName(event.target.value)}
                    />
                  )}
                </Field>
                <Field
                  label="Owner"
                  error={errors["/holder/ownerId"]}
                  hint="The key stops when this person is disabled."
                >
                  {(control) => <PersonPicker {...control} label="Owner" value={owner} onChange={setOwner} />}
                </Field>
              </>
            )}
            <ScopeChoice
              choices={scopesFor(holder.kind)}
              chosen={scopes}
              onChange={setScopes}
              error={errors["/scopes"]}
            />
            <Field label="Expires" error={errors["/expiresAfterDays"]}>
              {(control) => (
                <Select {...control} value={days} onChange={(event) => setDays(event.target.value)}>
                  {LIFETIMES.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
          <div className="flex justify-end gap-2 border-t px-4 py-3">
            <Button look="quiet" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button type="submit" look="accent" disabled={saving}>
              Make key
            </Button>
          </div>
        </form>
      </Dialog>
      <ShownKey made={made} onClose={() => setMade(null)} />
    </>
  );
}

function ScopeChoice({
  choices,
  chosen,
  onChange,
  error,
}: {
  choices: Scope[];
  chosen: Scope[];
  onChange: (scopes: Scope[]) => void;
  error?: string;
}) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">What it may do</legend>
      <div className="grid gap-1.5">
        {choices.map((scope) => (
          <label key={scope} className="flex items-start gap-2 text-sm">
            <input
              type="checkbox"
              aria-label={scope}
              checked={chosen.includes(scope)}
              onChange={(event) =>
                onChange(
                  choices.filter((each) => (each === scope ? event.target.checked : chosen.includes(each))),
                )
              }
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span>
              <span className="font-mono text-xs">{scope}</span>
              <span className="block text-muted text-xs">{SCOPES[scope]}</span>
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1 text-bad text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}
