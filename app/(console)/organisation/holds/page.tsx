import type { Metadata } from "next";
import { HoldList } from "@/components/organisation/holds/hold-list";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { listHoldTargets } from "@/lib/holds/list-hold-targets";
import { listHolds } from "@/lib/holds/list-holds";
import { hold, release } from "./actions";

export const metadata: Metadata = { title: "Holds" };

export default async function HoldsPage() {
  const actor = await requirePerson();
  const ctx = await createContext(actor);
  const canHold = may(actor, "hold.write");
  const [holds, targets] = await Promise.all([listHolds(ctx), canHold ? listHoldTargets(ctx) : null]);
  return <HoldList holds={holds} targets={targets} actions={{ hold, release }} />;
}
