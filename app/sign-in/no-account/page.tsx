import type { Metadata } from "next";
import Link from "next/link";
import { SignInCard } from "@/components/sign-in/sign-in-card";

export const metadata: Metadata = { title: "No account" };

export default function NoAccountPage() {
  return (
    <SignInCard title="You have no account here">
      <div className="space-y-3 rounded-lg border bg-surface p-4 text-sm">
        <p>
          Your sign-in worked, but it belongs to nobody in Countersign, or that person is disabled. Accounts
          are not made by signing in: ask an admin to add you.
        </p>
        <p>
          <Link href="/sign-in" className="font-medium text-accent underline underline-offset-2">
            Sign in as somebody else
          </Link>
        </p>
      </div>
    </SignInCard>
  );
}
