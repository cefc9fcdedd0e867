import { toPointer } from "@/lib/policy/pointer";
import { checkValue } from "./check-value";
import { isSchema } from "./drawing-hints";
import { type Control, type FormField, type FormValue, type FormValues, toFormValue } from "./form-model";

export interface FormReading {
  payload: Record<string, unknown>;
  /** A sentence for each control that is not right, by the JSON Pointer of its value. */
  errors: Record<string, string>;
}

/**
 * The payload that the controls describe, on top of `original` (so that what has no control is kept), and what is wrong
 * by the schema's own rules. An optional control left empty drops its property; what was not touched stays as it was.
 */
export function readForm(
  fields: FormField[],
  values: FormValues,
  original: Record<string, unknown>,
  base = "",
): FormReading {
  const payload: Record<string, unknown> = { ...original };
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const pointer = base + toPointer([field.key]);
    const raw = values[field.key];
    const former = original[field.key];
    if (raw === undefined || isEmpty(field, raw, former)) {
      if (field.required) errors[pointer] = "Needed.";
      delete payload[field.key];
      continue;
    }
    payload[field.key] = readControl(field, raw, former, pointer, errors);
  }
  return { payload, errors };
}

/** An emptied optional control takes its property away; an empty text that was there before stays one. */
function isEmpty(field: FormField, raw: FormValue, former: unknown): boolean {
  if (field.control === "group") {
    return (
      !field.required &&
      former === undefined &&
      Object.values(raw as FormValues).every((value) => value === "")
    );
  }
  if (field.control === "list") {
    return !field.required && former === undefined && (raw as FormValue[]).length === 0;
  }
  return raw === "" && former !== "" && former !== null;
}

function readControl(
  control: Control,
  raw: FormValue,
  former: unknown,
  pointer: string,
  errors: Record<string, string>,
): unknown {
  if (former !== undefined && isSame(raw, toFormValue(control, former))) return former;
  if (control.control === "group") {
    const inner = readForm(control.fields, raw as FormValues, isSchema(former) ? former : {}, pointer);
    Object.assign(errors, inner.errors);
    return inner.payload;
  }
  if (control.control === "list") {
    const before = Array.isArray(former) ? former : [];
    const list = (raw as FormValue[]).map((item, at) => {
      // An item that moved is the one it was: what its control does not show is not lost.
      const own = before.find((each) => isSame(item, toFormValue(control.item, each))) ?? before[at];
      return readControl(control.item, item, own, `${pointer}/${at}`, errors);
    });
    return checked(list, control, pointer, errors);
  }
  const read = readText(control, raw as string | boolean);
  if ("error" in read) {
    errors[pointer] = read.error;
    return former;
  }
  return checked(read.value, control, pointer, errors);
}

function checked(value: unknown, control: Control, pointer: string, errors: Record<string, string>): unknown {
  const wrong = checkValue(value, control.schema);
  if (wrong) errors[pointer] = wrong;
  return value;
}

function readText(control: Control, raw: string | boolean): { value: unknown } | { error: string } {
  if (typeof raw === "boolean") return { value: raw };
  switch (control.control) {
    case "number": {
      const text = raw.trim();
      const value = Number(text);
      if (text === "" || !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) || !Number.isFinite(value)) {
        return {
          error: /^\d[\d.,\s]*$/.test(text)
            ? "Write it like 1234.50, without separators."
            : "Must be a number.",
        };
      }
      if (control.isInteger && !Number.isInteger(value)) return { error: "Must be a whole number." };
      if (control.money && /\.\d{3,}$/.test(text)) return { error: "At most two decimals." };
      return { value };
    }
    case "choice": {
      const value = control.options.find((option) => String(option) === raw);
      return value === undefined ? { error: "Choose one." } : { value };
    }
    case "json":
      try {
        return { value: JSON.parse(raw) };
      } catch {
        return { error: "This is not valid JSON." };
      }
    default:
      return { value: raw };
  }
}

const isSame = (a: FormValue, b: FormValue): boolean => JSON.stringify(a) === JSON.stringify(b);
