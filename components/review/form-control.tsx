"use client";

import { classNames } from "@/components/ui/class-names";
import { FIELD } from "@/components/ui/field-class";
import { formatMoney } from "@/components/ui/format-value";
import { TextArea } from "@/components/ui/text-area";
import type { Control } from "./form-model";
import { HiddenWarning } from "./text-warnings";

/** The control of a single value. */
export function FormControl({
  id,
  control,
  value,
  required,
  invalid,
  describedBy,
  label,
  currency,
  onChange,
}: {
  id: string;
  control: Exclude<Control, { control: "group" | "list" }>;
  value: string | boolean;
  required: boolean;
  invalid: boolean;
  describedBy?: string | undefined;
  /** Where no label stands beside it. */
  label?: string;
  currency: string | null;
  onChange: (value: string | boolean) => void;
}) {
  const common = {
    id,
    "aria-invalid": invalid,
    "aria-describedby": describedBy,
    "aria-label": label,
    autoComplete: "off",
  };
  const text = String(value);
  switch (control.control) {
    case "boolean":
      return (
        <input
          {...common}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
          className="size-4 accent-accent"
        />
      );
    case "choice":
      return (
        <select {...common} value={text} onChange={(event) => onChange(event.target.value)} className={FIELD}>
          {(!required || text === "") && <option value="">—</option>}
          {control.options.map((option) => (
            <option key={String(option)} value={String(option)}>
              {String(option)}
            </option>
          ))}
        </select>
      );
    case "longtext":
    case "code":
    case "json": {
      const isCode = control.control !== "longtext";
      const { maxLength } = control.schema;
      return (
        <>
          <TextArea
            {...common}
            rows={Math.min(14, Math.max(isCode ? 4 : 2, text.split("\n").length + 1))}
            value={text}
            spellCheck={!isCode}
            wrap={isCode ? "off" : "soft"}
            onChange={(event) => onChange(event.target.value)}
            className={isCode ? "font-mono text-xs sm:text-xs" : undefined}
          />
          {typeof maxLength === "number" && text.length > maxLength * 0.8 && (
            <p className="tabular mt-0.5 text-right text-2xs text-muted">
              {text.length.toLocaleString("en-US")} of {maxLength.toLocaleString("en-US")}
            </p>
          )}
          <HiddenWarning text={text} />
        </>
      );
    }
    case "number":
      return (
        <div className="relative">
          <input
            {...common}
            type="text"
            inputMode="decimal"
            value={text}
            onChange={(event) => onChange(event.target.value)}
            className={classNames(FIELD, "tabular", control.money && "pr-28")}
          />
          {control.money && !invalid && text.trim() !== "" && (
            <span
              aria-hidden="true"
              className="tabular pointer-events-none absolute inset-y-0 right-2.5 inline-flex items-center text-muted text-xs"
            >
              {formatMoney(Number(text), currency)}
            </span>
          )}
        </div>
      );
    default:
      return (
        <>
          <input
            {...common}
            type={control.control === "date" ? "date" : "text"}
            inputMode={control.control === "email" ? "email" : undefined}
            spellCheck={false}
            value={text}
            onChange={(event) => onChange(event.target.value)}
            className={FIELD}
          />
          <HiddenWarning text={text} />
        </>
      );
  }
}
