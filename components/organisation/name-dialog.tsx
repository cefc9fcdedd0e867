"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";

/** A button that asks for the name of something new, and whatever else `children` ask. */
export function NameDialog({
  label,
  title,
  placeholder,
  error,
  saving,
  onOpen,
  onSubmit,
  children,
}: {
  label: string;
  title: string;
  placeholder?: string;
  /** What is wrong with the name. */
  error?: string;
  saving: boolean;
  onOpen: () => void;
  /** Resolves to whether it is done, which closes the dialog. */
  onSubmit: (name: string) => Promise<boolean>;
  children?: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  return (
    <>
      <Button
        look="accent"
        onClick={() => {
          setName("");
          onOpen();
          setOpen(true);
        }}
      >
        {label}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={title}>
        <form
          onSubmit={async (event) => {
            event.preventDefault();
            if (await onSubmit(name)) setOpen(false);
          }}
        >
          <div className="grid gap-3 px-4 py-3">
            <Field label="Name" error={error}>
              {(control) => (
                <Input
                  {...control}
                  required
                  autoComplete="off"
                  maxLength={100}
                  placeholder={placeholder}
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Field>
            {children}
          </div>
          <div className="flex justify-end gap-2 border-t px-4 py-3">
            <Button look="quiet" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button type="submit" look="accent" disabled={saving}>
              {label}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
