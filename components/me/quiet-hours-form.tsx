"use client";

import { useState } from "react";
import { useViewerZone } from "@/components/organisation/on-call/use-viewer-zone";
import { ZonePicker } from "@/components/organisation/zone-picker";
import { call } from "@/components/shell/call";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { useToast } from "@/components/ui/toasts";
import type { Preferences } from "@/lib/preferences/get-preferences";
import type { QuietHours } from "@/lib/preferences/quiet-hours";

const USUAL = { from: "22:00", until: "07:00" };

/** From when until when no browser of this person shows notifications. */
export function QuietHoursForm({ saved: initial }: { saved: QuietHours | null }) {
  const toast = useToast();
  const here = useViewerZone();
  const [saved, setSaved] = useState(initial);
  const [typed, setTyped] = useState<Partial<QuietHours>>(initial ?? {});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);
  const shown: QuietHours = { zone: here, ...USUAL, ...typed };
  const isSame =
    saved !== null && (["from", "until", "zone"] as const).every((key) => saved[key] === shown[key]);
  const change = (part: Partial<QuietHours>) => setTyped((before) => ({ ...before, ...part }));

  const save = async (quietHours: QuietHours | null) => {
    setSaving(true);
    const answer = await call<Preferences>("/console/preferences", { quietHours });
    setSaving(false);
    if (!answer.ok) {
      const fields = answer.fields?.map(({ path, message }) => [path.replace("/quietHours/", ""), message]);
      setErrors(Object.fromEntries(fields ?? []));
      return toast({ tone: "bad", title: "Quiet hours are as they were", body: answer.message });
    }
    setErrors({});
    setSaved(answer.data.quietHours);
    setTyped(answer.data.quietHours ?? {});
    toast({ tone: "good", title: quietHours ? "Quiet hours saved" : "You have no quiet hours any more" });
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save(shown);
      }}
      className="grid gap-3 pt-1"
    >
      <p className="text-sm">
        {saved
          ? `No notifications from ${saved.from} until ${saved.until}, in any browser of yours. The bell goes on counting.`
          : "You have none. Set some, and no browser of yours shows notifications meanwhile; the bell goes on counting."}
      </p>
      <div className="grid grid-cols-2 gap-3">
        <Field label="From" error={errors.from}>
          {(control) => (
            <Input
              {...control}
              type="time"
              required
              value={shown.from}
              onChange={(event) => change({ from: event.target.value })}
            />
          )}
        </Field>
        <Field label="Until" error={errors.until}>
          {(control) => (
            <Input
              {...control}
              type="time"
              required
              value={shown.until}
              onChange={(event) => change({ until: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label="Time zone" error={errors.zone}>
        {(control) => <ZonePicker {...control} value={shown.zone} onChange={(zone) => change({ zone })} />}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" look="accent" disabled={isSaving || isSame}>
          Save quiet hours
        </Button>
        {saved && (
          <Button look="quiet" disabled={isSaving} onClick={() => void save(null)}>
            Have none
          </Button>
        )}
      </div>
    </form>
  );
}
