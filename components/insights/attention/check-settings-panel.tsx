"use client";

import { useState } from "react";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { Field, Select } from "@/components/ui/field";
import { formatUtc } from "@/components/ui/format-time";
import { Panel } from "@/components/ui/panel";
import type { CheckSettings } from "@/lib/checks/get-check-settings";
import type { ChangeChecks } from "./attention-page";

const SHARES = [0, 1, 2, 3, 5, 10];
const shareWords = (perHundred: number) => (perHundred === 0 ? "Off" : `${perHundred} for every 100 drafts`);

/** Turns checks of attention on and off, and says what they are. */
export function CheckSettingsPanel({
  settings,
  change,
}: {
  settings: CheckSettings;
  change: ChangeChecks | null;
}) {
  const { save, saving } = useSave();
  const [chosen, setChosen] = useState(settings.perHundred);
  const count = settings.types.reduce((sum, { templates }) => sum + templates, 0);
  const submit = () =>
    change &&
    save(
      () => change({ perHundred: chosen, version: settings.version }),
      chosen === 0 ? "Checks are off" : "Checks are on",
    );
  return (
    <Panel
      title="Checks of attention"
      aside={settings.perHundred === 0 ? "off" : "on"}
      className="mt-6 max-w-3xl"
    >
      <div className="space-y-2 text-sm">
        <p>
          A check is a made-up draft that ought to be rejected, mixed into the batch queue under the name of
          an agent that drafts such actions. Nobody can carry it out, whatever is decided. Whoever decides it
          is told at once that it was one, and why it ought to be rejected. It counts in no figure but “checks
          caught”.
        </p>
        <p className="text-muted">
          {count === 0
            ? "There is nothing to make checks of yet: put a checks.json beside a policy."
            : `There are ${count} to choose from: ${settings.types
                .map(({ title, templates }) => `${templates} for ${title}`)
                .join(
                  ", ",
                )}. The same people never see one twice; add more to the checks.json beside a policy.`}
        </p>
        {change ? (
          <form
            className="flex flex-wrap items-end gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <div className="w-full max-w-72">
              <Field label="How many, at most, in the batch queue">
                {(control) => (
                  <Select
                    {...control}
                    value={chosen}
                    onChange={(event) => setChosen(Number(event.target.value))}
                  >
                    {SHARES.map((share) => (
                      <option key={share} value={share}>
                        {shareWords(share)}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            </div>
            <Button look="accent" type="submit" disabled={saving || chosen === settings.perHundred}>
              Save
            </Button>
          </form>
        ) : (
          <p>{shareWords(settings.perHundred)}.</p>
        )}
        <p className="text-muted text-xs">
          Tell your people that there are checks before you turn them on: it is what makes them fair.
          {settings.changedAt &&
            ` Last changed by ${settings.changedBy ?? "somebody"}, ${formatUtc(settings.changedAt)}.`}
        </p>
      </div>
    </Panel>
  );
}
