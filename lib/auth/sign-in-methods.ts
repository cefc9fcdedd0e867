import { type Config, readConfig } from "@/lib/config";

export interface SignInMethods {
  demo: boolean;
  oidc: { issuer: string; clientId: string; clientSecret: string | undefined } | null;
}

/**
 * The ways of signing in that the settings allow. Demo sign-in exists in demo mode only;
 * single sign-on needs an issuer, a client and, outside demo mode, a secret of our own.
 */
export function signInMethods(config: Config = readConfig()): SignInMethods {
  const { DEMO, AUTH_SECRET, AUTH_OIDC_ISSUER, AUTH_OIDC_CLIENT_ID, AUTH_OIDC_CLIENT_SECRET } = config;
  const oidc =
    (AUTH_SECRET || DEMO) && AUTH_OIDC_ISSUER && AUTH_OIDC_CLIENT_ID
      ? { issuer: AUTH_OIDC_ISSUER, clientId: AUTH_OIDC_CLIENT_ID, clientSecret: AUTH_OIDC_CLIENT_SECRET }
      : null;
  return { demo: DEMO, oidc };
}

/** The issuer whose identities people here sign in by; empty when there is none yet. */
export function usualIssuer(config: Config = readConfig()): string {
  const { demo, oidc } = signInMethods(config);
  return oidc?.issuer ?? (demo ? "demo" : "");
}
