import { headers } from "next/headers";
import { getServerSession } from "next-auth";
import { cache } from "react";
import type { PersonActor } from "@/lib/context";
import { getDatabase } from "@/lib/db/database";
import { authOptions, type SessionClaims } from "./auth-options";
import { findPerson } from "./find-person";
import { signInMethods } from "./sign-in-methods";

/**
 * The person behind this request, or null. Read from the database each time (once per request), so that disabling
 * someone, taking a role or leaving demo mode works at once, whatever their cookie says.
 */
export const findActor = cache(async (): Promise<PersonActor | null> => {
  const methods = signInMethods();
  if (!methods.demo && !methods.oidc) return null;
  const claims = await getServerSession<ReturnType<typeof authOptions>, Partial<SessionClaims>>(
    authOptions(),
  );
  if (!claims?.personId || !claims.issuer || !claims.subject || !claims.method) return null;
  if (claims.method === "demo" ? !methods.demo : !methods.oidc) return null;
  const identity = { issuer: claims.issuer, subject: claims.subject };
  const person = await findPerson(getDatabase(), identity);
  if (!person || person.personId !== claims.personId) return null;
  return {
    kind: "person",
    ...person,
    identity,
    authentication: { method: claims.method, at: claims.signedInAt ?? "", sessionId: claims.sessionId ?? "" },
    channel: "web",
    ip: addressOf(await headers()),
  };
});

/** The last hop's word for who called: earlier entries of the list are whatever the caller claims. */
function addressOf(headers: Headers): string | null {
  return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || null;
}
