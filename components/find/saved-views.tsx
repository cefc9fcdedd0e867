"use client";

import { Bookmark, Trash2 } from "lucide-react";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import type { ServerAction } from "@/components/organisation/server-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { useToast } from "@/components/ui/toasts";
import type { deleteView } from "@/lib/views/delete-view";
import type { SavedView } from "@/lib/views/list-views";
import type { saveView } from "@/lib/views/save-view";

export interface ViewActions {
  save: ServerAction<typeof saveView>;
  remove: ServerAction<typeof deleteView>;
}

const ITEM =
  "flex min-h-8 min-w-0 flex-1 cursor-pointer select-none items-center gap-2 rounded px-2 text-sm outline-none data-[highlighted]:bg-hover data-[disabled]:text-muted";
const UNDO_MS = 8000;

/**
 * The person's saved views behind one button: each is a link to a list with its filters. `path` is the address of what
 * they see now, which can be saved under a name; saving under a name that is there replaces it.
 */
export function SavedViews({
  views: initial,
  path,
  actions,
}: {
  views: SavedView[];
  path: string;
  actions: ViewActions;
}) {
  const toast = useToast();
  const [views, setViews] = useState(initial);
  const [received, setReceived] = useState(initial);
  const [isNaming, setNaming] = useState(false);
  if (initial !== received) {
    setReceived(initial);
    setViews(initial);
  }
  const keep = (saved: SavedView) =>
    setViews((before) =>
      [...before.filter(({ id }) => id !== saved.id), saved].sort((one, other) =>
        one.name.localeCompare(other.name, "en"),
      ),
    );
  const refused = (title: string, message?: string) =>
    toast({ tone: "bad", title, body: message ?? "The server did not answer. Try again in a moment." });

  const restore = async ({ name, path: kept }: SavedView) => {
    const result = await actions.save({ name, path: kept }).catch(() => null);
    if (!result?.ok) return refused("The view is not back", result?.message);
    keep(result.data);
  };
  const remove = async (view: SavedView) => {
    setViews((before) => before.filter(({ id }) => id !== view.id));
    const result = await actions.remove({ id: view.id }).catch(() => null);
    if (!result?.ok && result?.code !== "not_found") {
      keep(view);
      return refused("The view is still there", result?.message);
    }
    toast({
      tone: "good",
      title: `View “${view.name}” deleted`,
      action: { label: "Undo", run: () => restore(view) },
      durationMs: UNDO_MS,
    });
  };

  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          aria-label="Views"
          title="Views"
          className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 font-medium text-muted text-sm hover:bg-hover hover:text-ink data-[state=open]:bg-hover"
        >
          <Bookmark aria-hidden="true" className="size-3.5" />
          <span className="hidden sm:inline">Views</span>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={4}
            collisionPadding={8}
            className="z-40 max-h-[var(--radix-dropdown-menu-content-available-height)] w-64 overflow-y-auto rounded-lg border bg-surface p-1 shadow-xl"
          >
            {views.length === 0 && (
              <p className="px-2 py-1.5 text-muted text-sm">
                Filters that you use often can be kept here under a name.
              </p>
            )}
            {views.map((view) => (
              <DropdownMenu.Group key={view.id} aria-label={view.name} className="flex items-center">
                <DropdownMenu.Item asChild className={ITEM}>
                  <Link href={view.path} prefetch={false} aria-current={view.path === path || undefined}>
                    <span className={view.path === path ? "truncate font-medium text-accent" : "truncate"}>
                      {view.name}
                    </span>
                    <span className="ml-auto shrink-0 text-2xs text-muted">
                      {view.path.startsWith("/history") ? "History" : "Inbox"}
                    </span>
                  </Link>
                </DropdownMenu.Item>
                <DropdownMenu.Item
                  aria-label={`Delete the view ${view.name}`}
                  title="Delete"
                  onSelect={(event) => {
                    event.preventDefault();
                    remove(view);
                  }}
                  className="inline-flex size-8 shrink-0 cursor-pointer items-center justify-center rounded text-muted outline-none data-[highlighted]:bg-hover data-[highlighted]:text-bad"
                >
                  <Trash2 aria-hidden="true" className="size-3.5" />
                </DropdownMenu.Item>
              </DropdownMenu.Group>
            ))}
            <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />
            <DropdownMenu.Item onSelect={() => setNaming(true)} className={ITEM}>
              Save this view…
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <Dialog
        open={isNaming}
        onOpenChange={setNaming}
        title="Save this view"
        description="The list with its filters, for you alone."
      >
        <NameForm
          names={views.map(({ name }) => name)}
          save={async (name) => {
            const result = await actions.save({ name, path }).catch(() => null);
            if (!result?.ok) return result?.message ?? "The server did not answer. Try again in a moment.";
            keep(result.data);
            setNaming(false);
            toast({ tone: "good", title: `View “${result.data.name}” saved` });
            return null;
          }}
          cancel={() => setNaming(false)}
        />
      </Dialog>
    </>
  );
}

function NameForm({
  names,
  save,
  cancel,
}: {
  names: string[];
  /** Resolves to why it was refused, or null. */
  save: (name: string) => Promise<string | null>;
  cancel: () => void;
}) {
  const [name, setName] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const replaces = names.includes(name.trim());
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        setSaving(true);
        setError(await save(name.trim()));
        setSaving(false);
      }}
    >
      <div className="px-4 py-3">
        <Field
          label="Name"
          error={error ?? undefined}
          hint={replaces ? "You have a view of this name; it is replaced." : undefined}
        >
          {(control) => (
            <Input
              {...control}
              required
              pattern=".*\S.*"
              autoComplete="off"
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="flex justify-end gap-2 border-t px-4 py-3">
        <Button look="quiet" onClick={cancel}>
          Cancel
        </Button>
        <Button type="submit" look="accent" disabled={isSaving}>
          {replaces ? "Replace" : "Save"}
        </Button>
      </div>
    </form>
  );
}
