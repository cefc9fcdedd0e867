import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DemoPeople } from "@/components/sign-in/demo-people";
import { OidcButton } from "@/components/sign-in/oidc-button";
import { SignInCard } from "@/components/sign-in/sign-in-card";
import { findActor } from "@/lib/auth/find-actor";
import { listDemoPeople } from "@/lib/auth/list-demo-people";
import { safePath } from "@/lib/auth/safe-path";
import { signInMethods } from "@/lib/auth/sign-in-methods";
import { readConfig } from "@/lib/config";
import { getDatabase } from "@/lib/db/database";

export const metadata: Metadata = { title: "Sign in" };

const NEEDED = ["AUTH_URL", "AUTH_SECRET", "AUTH_OIDC_ISSUER", "AUTH_OIDC_CLIENT_ID"] as const;

type SearchParams = Promise<{
  to?: string | string[];
  callbackUrl?: string | string[];
  error?: string | string[];
}>;

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const { to, error } = await searchParams;
  const destination = safePath(typeof to === "string" ? to : null);
  const { demo, oidc } = signInMethods();
  if ((demo || oidc) && (await findActor())) redirect(destination);
  const people = demo ? await listDemoPeople(getDatabase(), new Date()) : [];

  return (
    <SignInCard title="Sign in">
      {error && (
        <p role="alert" className="mb-4 rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
          Signing in did not work. Try again; if it keeps failing, ask an admin to look at the server's log.
        </p>
      )}
      {oidc && <OidcButton destination={destination} host={new URL(oidc.issuer).host} />}
      {demo && (
        <section aria-labelledby="demo" className={oidc ? "mt-6" : ""}>
          <div className="mb-4 rounded-lg bg-warn-soft px-3 py-2.5 text-sm text-warn">
            <h2 id="demo" className="font-semibold">
              Demonstration sign-in
            </h2>
            <p>Demo mode: anyone can sign in as anyone. Not for production.</p>
          </div>
          {people.length > 0 ? (
            <DemoPeople people={people} destination={destination} />
          ) : (
            <p className="text-muted text-sm">
              The demo organisation is not there yet. Start with <code>npm start</code>, which seeds it.
            </p>
          )}
        </section>
      )}
      {!demo && !oidc && <SetUpHelp />}
    </SignInCard>
  );
}

function SetUpHelp() {
  const config = readConfig();
  const missing = NEEDED.filter((name) => !config[name]);
  return (
    <section className="space-y-3 rounded-lg border bg-surface p-4 text-sm">
      <h2 className="font-semibold">No way of signing in is set up yet</h2>
      {missing.length > 0 && (
        <p>
          Missing now: <code className="font-mono text-xs">{missing.join(", ")}</code>.
        </p>
      )}
      <p>
        For single sign-on, register Countersign as a client with your OpenID Connect provider, with the
        redirect address <code className="break-all">AUTH_URL/api/auth/callback/oidc</code>, and set:
      </p>
      <pre className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs">
        {[
          "AUTH_URL=https://countersign.example.com",
          "AUTH_SECRET=            # openssl rand -base64 32",
          "AUTH_OIDC_ISSUER=https://login.example.com",
          "AUTH_OIDC_CLIENT_ID=",
          "AUTH_OIDC_CLIENT_SECRET=",
        ].join("\n")}
      </pre>
      <p>
        To look around first, set <code>DEMO=1</code> instead: it lets anyone sign in as anyone, so never in
        production.
      </p>
    </section>
  );
}
