import { signOut } from "next-auth/react";

/** Signs out, by a full load, so that nothing of this person's screens stays in memory. */
export async function leave(): Promise<void> {
  await signOut({ redirect: false });
  window.location.assign("/sign-in");
}
