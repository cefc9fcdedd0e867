import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { PersonActor } from "@/lib/context";
import { findActor } from "./find-actor";

/**
 * For pages: the signed-in person. Without one it goes to the sign-in page, which comes back to `path` afterwards.
 * What the person may do is the permission table's to say.
 */
export async function requirePerson(path?: string): Promise<PersonActor> {
  const actor = await findActor();
  if (actor) return actor;
  const wanted = path ?? (await headers()).get("x-path");
  redirect(wanted ? `/sign-in?to=${encodeURIComponent(wanted)}` : "/sign-in");
}
