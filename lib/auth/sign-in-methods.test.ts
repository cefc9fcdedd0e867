import { afterEach, describe, expect, it, vi } from "vitest";
import { readConfig } from "@/lib/config";
import { authOptions } from "./auth-options";
import { signInMethods } from "./sign-in-methods";

const secret = "x".repeat(32);
const oidc = { AUTH_OIDC_ISSUER: "https://login.example.com", AUTH_OIDC_CLIENT_ID: "countersign" };
const config = (environment: Record<string, string>) =>
  readConfig(environment as unknown as NodeJS.ProcessEnv);
const methodsOf = (environment: Record<string, string>) => signInMethods(config(environment));
const providersOf = (environment: Record<string, string>) =>
  authOptions(config(environment)).providers.map(({ id, options }) => options?.id ?? id);

describe("ways of signing in", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("offers nothing that is not set up", () => {
    expect(methodsOf({})).toEqual({ demo: false, oidc: null });
    expect(methodsOf(oidc).oidc).toBeNull();
    expect(methodsOf({ ...oidc, AUTH_SECRET: secret }).oidc).toMatchObject({ issuer: oidc.AUTH_OIDC_ISSUER });
  });

  it("has the demonstration sign-in in demo mode only", () => {
    expect(providersOf({ DEMO: "1" })).toEqual(["demo"]);
    expect(providersOf({ ...oidc, AUTH_SECRET: secret })).toEqual(["oidc"]);
  });

  it("refuses a demonstration sign-in once demo mode is off, whatever was configured when it started", async () => {
    const [provider] = authOptions(config({ DEMO: "1" })).providers;
    vi.stubEnv("DEMO", "0");
    const { authorize } = provider!.options as { authorize: (credentials: unknown) => Promise<unknown> };
    await expect(authorize({ personId: "per_grace_okafor" })).resolves.toBeNull();
  });

  it("keeps cookies to https when the address is https, and sends people nowhere else", async () => {
    const options = authOptions(config({ ...oidc, AUTH_SECRET: secret, AUTH_URL: "https://cs.example.com" }));
    expect(options.useSecureCookies).toBe(true);
    const redirect = options.callbacks?.redirect;
    const baseUrl = "https://cs.example.com";
    expect(await redirect?.({ url: "https://evil.example/inbox", baseUrl })).toBe(`${baseUrl}/inbox`);
    expect(await redirect?.({ url: `${baseUrl}.evil.example/`, baseUrl })).toBe(`${baseUrl}/inbox`);
    expect(await redirect?.({ url: `${baseUrl}/inbox/d1?queue=named`, baseUrl })).toBe(
      `${baseUrl}/inbox/d1?queue=named`,
    );
  });
});
