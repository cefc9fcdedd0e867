"use client";

import { Field, Input, Select } from "@/components/ui/field";
import { ROLES, type Role } from "@/lib/context";
import { PersonPicker } from "../person-picker";
import { ROLE_WORDS } from "./role-words";

export type PersonValues = {
  name: string;
  email: string;
  departmentId: string | null;
  manager: { id: string; name: string } | null;
  roles: Role[];
};

interface Props {
  values: PersonValues;
  set: <Key extends keyof PersonValues>(key: Key, value: PersonValues[Key]) => void;
  departments: { id: string; name: string }[];
  /** The refusal's sentences by JSON Pointer. */
  errors: Record<string, string>;
  /** What is stored now where somebody else changed a field that was edited here. */
  theirs?: Partial<PersonValues>;
  personId?: string;
}

/** The fields of a person, for a new one and for one who is changed. */
export function PersonFields({ values, set, departments, errors, theirs = {}, personId }: Props) {
  const departmentName = (id: string | null) => departments.find((each) => each.id === id)?.name ?? "none";
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      <Field label="Name" error={errors["/name"]} hint={storedNow("name" in theirs, theirs.name)}>
        {(control) => (
          <Input
            {...control}
            required
            autoComplete="off"
            maxLength={100}
            value={values.name}
            onChange={(event) => set("name", event.target.value)}
          />
        )}
      </Field>
      <Field
        label="E-mail address"
        error={errors["/email"]}
        hint={storedNow("email" in theirs, theirs.email)}
      >
        {(control) => (
          <Input
            {...control}
            required
            type="email"
            autoComplete="off"
            maxLength={200}
            value={values.email}
            onChange={(event) => set("email", event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Department"
        error={errors["/departmentId"]}
        hint={storedNow("departmentId" in theirs, departmentName(theirs.departmentId ?? null))}
      >
        {(control) => (
          <Select
            {...control}
            value={values.departmentId ?? ""}
            onChange={(event) => set("departmentId", event.target.value || null)}
          >
            <option value="">None</option>
            {departments.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Manager"
        optional
        error={errors["/managerId"]}
        hint={storedNow("manager" in theirs, theirs.manager?.name ?? "none")}
      >
        {(control) => (
          <PersonPicker
            {...control}
            label="Manager"
            value={values.manager}
            exclude={personId ? [personId] : []}
            onChange={(manager) => set("manager", manager)}
          />
        )}
      </Field>
      <RolesField values={values} set={set} error={errors["/roles"]} stored={theirs.roles} />
    </div>
  );
}

const storedNow = (clashes: boolean, value: string | undefined) =>
  clashes ? <span className="text-warn">Somebody else stored: {value}</span> : undefined;

function RolesField({
  values,
  set,
  error,
  stored,
}: Pick<Props, "values" | "set"> & { error?: string; stored?: Role[] }) {
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1 font-medium text-sm">Roles</legend>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        {ROLES.map((role) => (
          <label key={role} className="flex items-start gap-2 text-sm">
            <input
              type="checkbox"
              aria-describedby={`role-${role}`}
              aria-label={role}
              checked={values.roles.includes(role)}
              onChange={(event) =>
                set(
                  "roles",
                  ROLES.filter((each) =>
                    each === role ? event.target.checked : values.roles.includes(each),
                  ),
                )
              }
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span>
              <span className="font-medium capitalize">{role}</span>
              <span id={`role-${role}`} className="block text-muted text-xs">
                {ROLE_WORDS[role]}
              </span>
            </span>
          </label>
        ))}
      </div>
      {stored && (
        <p className="mt-1 text-warn text-xs">Somebody else stored: {stored.join(", ") || "no role"}</p>
      )}
      {error && (
        <p role="alert" className="mt-1 text-bad text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}
