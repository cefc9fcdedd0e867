"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import type { DemoPerson } from "@/lib/auth/list-demo-people";
import { ROLES } from "@/lib/context";

const GROUPS: Record<string, string> = {
  approver: "Approvers",
  manager: "Managers",
  admin: "Admins",
  auditor: "Auditors",
};

/** One button for each person of the demo organisation, under the first of their roles. */
export function DemoPeople({ people, destination }: { people: DemoPerson[]; destination: string }) {
  const [pending, setPending] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const enter = async (personId: string) => {
    setPending(personId);
    setFailed(false);
    const result = await signIn("demo", { personId, redirect: false }).catch(() => undefined);
    if (result?.ok) {
      window.location.assign(destination);
      return;
    }
    setPending(null);
    setFailed(true);
  };

  return (
    <div className="space-y-4">
      {failed && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
          That did not work. Reload the page and try again.
        </p>
      )}
      {ROLES.map((role) => {
        const members = people.filter((person) => person.roles[0] === role);
        if (members.length === 0) return null;
        return (
          <section key={role} aria-labelledby={`role-${role}`}>
            <h3 id={`role-${role}`} className="mb-1 font-semibold text-muted text-xs">
              {GROUPS[role]}
            </h3>
            <ul className="divide-y overflow-hidden rounded-lg border">
              {members.map((person) => (
                <li key={person.id}>
                  <button
                    type="button"
                    disabled={pending !== null}
                    onClick={() => enter(person.id)}
                    className="flex min-h-11 w-full items-center justify-between gap-3 bg-surface px-3 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2 disabled:opacity-60"
                  >
                    <span className="font-medium">{person.name}</span>
                    <span className="truncate text-muted text-xs">
                      {person.onCall.length > 0 && (
                        <span className="mr-1.5 rounded bg-good-soft px-1.5 py-0.5 font-medium text-good">
                          {person.onCall.join(", ")}
                        </span>
                      )}
                      {[person.department, person.roles.join(", ")].filter(Boolean).join(" · ")}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
