"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useToast } from "@/components/ui/toasts";
import type { ActionResult } from "@/lib/adapters/action";

/**
 * Runs a server action that changes something: while it runs `saving` is true; afterwards a message says what happened,
 * and the page shows what is true now. `errors` are the refusal's sentences by JSON Pointer of the field ("" for the
 * whole). Resolves to the data, or null when it was refused; what was typed stays where it is.
 */
export function useSave() {
  const router = useRouter();
  const toast = useToast();
  const [saving, setSaving] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});

  async function save<Data>(run: () => Promise<ActionResult<Data>>, done: string): Promise<Data | null> {
    setSaving(true);
    try {
      const result = await run();
      if (result.ok) {
        setErrors({});
        toast({ tone: "good", title: done });
        router.refresh();
        return result.data;
      }
      const fields = result.fields ?? [];
      setErrors(Object.fromEntries(fields.map(({ path, message }) => [path, message])));
      toast({ tone: "bad", title: "Not saved", body: result.message });
      if (result.code === "conflict") router.refresh();
      return null;
    } catch {
      toast({
        tone: "bad",
        title: "Not saved",
        body: "The server did not answer. What you typed is still here; try again in a moment.",
      });
      return null;
    } finally {
      setSaving(false);
    }
  }
  return { save, saving, errors, clearErrors: () => setErrors({}) };
}
