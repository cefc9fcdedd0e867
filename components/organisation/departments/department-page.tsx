"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import type { changeDepartment } from "@/lib/directory/change-department";
import type { deleteDepartment } from "@/lib/directory/delete-department";
import type { DepartmentDetail } from "@/lib/directory/get-department";
import { Chip } from "../chips";
import { DeleteButton } from "../delete-button";
import { PageFrame } from "../page-frame";
import { PersonPicker } from "../person-picker";
import { RuleLinks } from "../rule-links";
import type { ServerAction } from "../server-action";
import { useEdited } from "../use-edited";
import { useSave } from "../use-save";

const LIST = "/organisation/departments";

/** One department: its name and head, and what refers to it. */
export function DepartmentPage({
  department,
  mayWrite,
  change,
  remove,
}: {
  department: DepartmentDetail;
  mayWrite: boolean;
  change: ServerAction<typeof changeDepartment>;
  remove: ServerAction<typeof deleteDepartment>;
}) {
  const { id, name, head, uses } = department;
  return (
    <PageFrame
      title={name}
      back={{ href: LIST, label: "Departments" }}
      actions={
        mayWrite && (
          <DeleteButton
            name={name}
            list={LIST}
            remove={() => remove({ id })}
            blockedBecause={blockedBecause(uses)}
          />
        )
      }
    >
      <div className="grid items-start gap-3 lg:grid-cols-[1fr_20rem]">
        {mayWrite ? (
          <DepartmentForm key={id} department={department} change={change} />
        ) : (
          <Panel title="Head">
            <p className="text-sm">{head?.name ?? "The department has no head."}</p>
          </Panel>
        )}
        <Panel title="Where it counts">
          <ul className="space-y-0.5 text-sm">
            <li>
              <Link href={`/organisation/people?department=${id}`} className="text-accent hover:underline">
                {uses.people === 1 ? "1 person" : `${uses.people} people`}
              </Link>{" "}
              in it
            </li>
            {uses.rules.length > 0 && (
              <li>
                Named by <RuleLinks rules={uses.rules} />
              </li>
            )}
            {uses.policies.length > 0 && <li>Drafts of {uses.policies.join(", ")} belong to it by policy</li>}
            {uses.hasDrafts && <li>Drafts were about it</li>}
          </ul>
        </Panel>
      </div>
    </PageFrame>
  );
}

/** What keeps a department from being deleted, as a sentence; null when nothing does. */
function blockedBecause({ people, rules, policies, hasDrafts }: DepartmentDetail["uses"]): string | null {
  if (people > 0) return "People are in it. Move them to another department first.";
  if (rules.length > 0) return `Approver rules name it: ${rules.join(", ")}. Change them first.`;
  if (policies.length > 0) return `Policies name it: ${policies.join(", ")}. Change the files first.`;
  return hasDrafts ? "Drafts were about it, and what they say of it must stay readable." : null;
}

function DepartmentForm({
  department,
  change,
}: {
  department: DepartmentDetail;
  change: ServerAction<typeof changeDepartment>;
}) {
  const { id, name, head, version } = department;
  const { save, saving, errors } = useSave();
  const form = useEdited({ name, head: head && { id: head.id, name: head.name } }, version);
  const submit = async () => {
    const { values } = form;
    const input = { id, version: form.version, name: values.name, headId: values.head?.id ?? null };
    const saved = await save(() => change(input), `${values.name.trim()} is saved`);
    if (saved) form.saved(saved.version);
  };
  return (
    <Panel title="Name and head" aside={head?.disabled && <Chip look="bad">its head is disabled</Chip>}>
      <form
        className="mt-2"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
          <Field
            label="Name"
            error={errors["/name"]}
            hint={
              form.theirs.name && <span className="text-warn">Somebody else stored: {form.theirs.name}</span>
            }
          >
            {(control) => (
              <Input
                {...control}
                required
                autoComplete="off"
                maxLength={100}
                value={form.values.name}
                onChange={(event) => form.set("name", event.target.value)}
              />
            )}
          </Field>
          <Field
            label="Head"
            optional
            error={errors["/headId"]}
            hint={
              "head" in form.theirs ? (
                <span className="text-warn">Somebody else stored: {form.theirs.head?.name ?? "none"}</span>
              ) : (
                "Asked where a rule asks the head of the department."
              )
            }
          >
            {(control) => (
              <PersonPicker
                {...control}
                label="Head"
                value={form.values.head}
                onChange={(next) => form.set("head", next)}
              />
            )}
          </Field>
        </div>
        <div className="mt-4 mb-1 flex justify-end">
          <Button type="submit" look="accent" disabled={saving || !form.isChanged}>
            Save
          </Button>
        </div>
      </form>
    </Panel>
  );
}
