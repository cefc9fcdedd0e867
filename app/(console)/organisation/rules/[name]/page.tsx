import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RuleEditor } from "@/components/organisation/rules/rule-editor";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { listApproverRules } from "@/lib/directory/list-approver-rules";
import { getDirectory } from "@/lib/directory/load-directory";
import { deleteRule, saveRule, tryRule } from "../actions";

interface Props {
  params: Promise<{ name: string }>;
}

/** The name a page for a rule to come has: no rule can be called that. */
const NEW = "+";

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = decodeURIComponent((await params).name);
  return { title: name === NEW ? "New approver rule" : name };
}

export default async function RulePage({ params }: Props) {
  const actor = await requirePerson();
  const name = decodeURIComponent((await params).name);
  const ctx = await createContext(actor);
  const [rules, directory] = await Promise.all([listApproverRules(ctx), getDirectory(ctx.db)]);
  const rule = rules.find((each) => each.name === name) ?? null;
  if (!rule && name !== NEW) notFound();
  const choices = (map: ReadonlyMap<string, { id: string; name: string }>) =>
    [...map.values()]
      .map(({ id, name }) => ({ id, name }))
      .sort((one, other) => one.name.localeCompare(other.name));
  return (
    <RuleEditor
      // After a save the page comes with the next version, and the editor begins from it.
      key={`${name}:${rule?.version ?? 0}`}
      rule={rule}
      groups={choices(directory.groups)}
      schedules={choices(directory.schedules)}
      departments={choices(directory.departments)}
      canEdit={may(actor, "organisation.write")}
      actions={{ save: saveRule, remove: deleteRule, tryOut: tryRule }}
    />
  );
}
