"use client";

import { Plus, X } from "lucide-react";
import { useRef } from "react";
import { WeekdayChips } from "@/components/organisation/weekday-chips";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Field, Input } from "@/components/ui/field";
import type { WindowForm } from "./editor-model";
import { SmallButton } from "./small-button";

/** The windows in which a layer applies; none for at all times. */
export function RestrictionsField({
  layerName,
  restrictions,
  errorAt,
  onChange,
  className,
}: {
  layerName: string;
  restrictions: WindowForm[];
  errorAt: (path: string) => string | undefined;
  onChange: (restrictions: WindowForm[]) => void;
  className?: string;
}) {
  const added = useRef(0);
  const add = () => {
    added.current += 1;
    const fresh = { key: `added${added.current}`, weekdays: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" };
    onChange([...restrictions, fresh]);
  };
  const change = (index: number, part: Partial<WindowForm>) =>
    onChange(restrictions.map((each, place) => (place === index ? { ...each, ...part } : each)));
  return (
    <fieldset className={classNames("min-w-0", className)}>
      <legend className="mb-1 font-medium text-sm">
        Applies
        <span className="font-normal text-muted">
          {restrictions.length === 0 ? " at all times" : " only in these windows"}
        </span>
      </legend>
      <ul className="space-y-2">
        {restrictions.map((each, index) => (
          <li
            key={each.key}
            className="flex flex-wrap items-end gap-x-3 gap-y-2 rounded-md bg-sunken px-2.5 py-2"
          >
            <WeekdayChips
              label={`Weekdays, window ${index + 1} of ${layerName}`}
              value={each.weekdays}
              error={errorAt(`/${index}/weekdays`)}
              onChange={(weekdays) => change(index, { weekdays })}
            />
            <div className="flex items-end gap-2">
              <Field label="From" error={errorAt(`/${index}/from`)}>
                {(control) => (
                  <Input
                    {...control}
                    type="time"
                    value={each.from}
                    onChange={(event) => change(index, { from: event.target.value })}
                  />
                )}
              </Field>
              <Field
                label={each.until <= each.from ? "Until (next day)" : "Until"}
                error={errorAt(`/${index}/until`)}
              >
                {(control) => (
                  <Input
                    {...control}
                    type="time"
                    value={each.until}
                    onChange={(event) => change(index, { until: event.target.value })}
                  />
                )}
              </Field>
              <SmallButton
                label={`Remove window ${index + 1} of ${layerName}`}
                icon={X}
                onClick={() => onChange(restrictions.filter(({ key }) => key !== each.key))}
              />
            </div>
          </li>
        ))}
      </ul>
      <Button look="quiet" className="mt-1 -ml-2 min-h-8" onClick={add}>
        <Plus aria-hidden="true" className="size-3.5" />
        {restrictions.length === 0 ? "Limit to some hours" : "Another window"}
      </Button>
    </fieldset>
  );
}
