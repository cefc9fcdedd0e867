import { randomBytes, randomUUID } from "node:crypto";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { type Config, readConfig } from "@/lib/config";
import { getDatabase } from "@/lib/db/database";
import { findPerson } from "./find-person";
import { safePath } from "./safe-path";
import { signInMethods } from "./sign-in-methods";

/** What the signed cookie says: who signed in, how and when. Never roles: those are read on every request. */
export interface SessionClaims {
  personId: string;
  issuer: string;
  subject: string;
  method: "demo" | "oidc";
  signedInAt: string;
  sessionId: string;
}

const SESSION_SECONDS = 12 * 60 * 60;
const DEMO_ISSUER = "demo";
const shared = globalThis as { countersignDemoSecret?: string };

/** next-auth's settings, from ours. Built per request, so that building the app needs no settings at all. */
export function authOptions(config: Config = readConfig()): NextAuthOptions {
  const methods = signInMethods(config);
  process.env.NEXTAUTH_URL ??= config.AUTH_URL ?? `http://localhost:${config.PORT}`;
  return {
    secret: secretOf(config),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    useSecureCookies: config.AUTH_URL?.startsWith("https://") ?? false,
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      ...(methods.demo ? [demoProvider()] : []),
      ...(methods.oidc ? [oidcProvider(methods.oidc)] : []),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider === "demo") return signInMethods().demo;
        const identity = oidcIdentity(profile, methods.oidc?.issuer);
        const person = identity && (await findPerson(getDatabase(), identity));
        if (!person) return "/sign-in/no-account";
        user.id = person.personId;
        return true;
      },
      redirect({ url, baseUrl }) {
        const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
        return baseUrl + (path.startsWith("/sign-in") ? path : safePath(path));
      },
      jwt({ token, user, account, profile }) {
        if (!account) return token;
        const method = account.provider === "demo" ? "demo" : "oidc";
        const identity =
          method === "demo"
            ? { issuer: DEMO_ISSUER, subject: user.id }
            : oidcIdentity(profile, methods.oidc?.issuer);
        const claims: SessionClaims = {
          personId: user.id,
          issuer: identity?.issuer ?? "",
          subject: identity?.subject ?? "",
          method,
          signedInAt: new Date().toISOString(),
          sessionId: randomUUID(),
        };
        return { ...claims };
      },
      session({ session, token }) {
        const { personId, issuer, subject, method, signedInAt, sessionId } =
          token as unknown as SessionClaims;
        return { expires: session.expires, personId, issuer, subject, method, signedInAt, sessionId };
      },
    },
  };
}

function demoProvider() {
  return CredentialsProvider({
    id: "demo",
    name: "Demonstration",
    credentials: { personId: { type: "text" } },
    async authorize(credentials) {
      if (!signInMethods().demo || typeof credentials?.personId !== "string") return null;
      const person = await findPerson(getDatabase(), { issuer: DEMO_ISSUER, subject: credentials.personId });
      return person && { id: person.personId, name: person.name };
    },
  });
}

function oidcProvider(settings: { issuer: string; clientId: string; clientSecret: string | undefined }) {
  return {
    id: "oidc",
    name: "Single sign-on",
    type: "oauth" as const,
    wellKnown: `${settings.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid profile email" } },
    idToken: true,
    checks: ["pkce" as const, "state" as const, "nonce" as const],
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    // A public client proves itself by PKCE alone.
    ...(settings.clientSecret ? {} : { client: { token_endpoint_auth_method: "none" as const } }),
    profile: (claims: { sub: string }) => ({ id: claims.sub }),
  };
}

function oidcIdentity(profile: unknown, issuer: string | undefined) {
  const { iss = issuer, sub } = (profile ?? {}) as { iss?: string; sub?: string };
  return iss && sub ? { issuer: iss, subject: sub } : null;
}

/** In demo mode a secret that lives as long as the process will do; anywhere else it must be set. */
function secretOf(config: Config): string {
  if (config.AUTH_SECRET) return config.AUTH_SECRET;
  if (!config.DEMO) {
    throw new Error("AUTH_SECRET is not set. `openssl rand -base64 32` makes one; .env.example explains it.");
  }
  shared.countersignDemoSecret ??= randomBytes(32).toString("base64");
  return shared.countersignDemoSecret;
}
