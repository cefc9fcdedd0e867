import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PolicyPage } from "@/components/organisation/policies/policy-page";
import { createContext } from "@/lib/adapters/context";
import { requirePerson } from "@/lib/auth/require-person";
import { CountersignError } from "@/lib/errors";
import { getPolicyView } from "@/lib/policy-files/get-policy-view";
import { tryOut } from "../actions";

interface Props {
  params: Promise<{ type: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).type) };
}

export default async function PolicyOfTypePage({ params }: Props) {
  const actor = await requirePerson();
  const type = decodeURIComponent((await params).type);
  const policy = await getPolicyView(await createContext(actor), type).catch((error: unknown) => {
    if (error instanceof CountersignError && error.code === "not_found") notFound();
    throw error;
  });
  return <PolicyPage policy={policy} tryOut={tryOut} />;
}
