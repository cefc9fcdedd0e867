import { type NextRequest, NextResponse } from "next/server";
import { readConfig } from "@/lib/config";

/**
 * Gives every page a content security policy with a nonce of its own. Next reads the nonce from the request's
 * header and puts it on the scripts it writes; nothing else may run, and nothing is loaded from elsewhere.
 */
export function proxy(request: NextRequest) {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  // Where to come back to after signing in; set here so that a caller cannot.
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("X-Frame-Options", "DENY");
  response.headers.set("Referrer-Policy", "same-origin");
  response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
  if (readConfig().AUTH_URL?.startsWith("https://")) {
    response.headers.set("Strict-Transport-Security", "max-age=31536000");
  }
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  const { AUTH_OIDC_ISSUER } = readConfig();
  const issuer = AUTH_OIDC_ISSUER ? ` ${new URL(AUTH_OIDC_ISSUER).origin}` : "";
  const development = process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    // Radix positions dialogs and hides scroll bars with inline styles, which carry no nonce.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self'${issuer}`,
    "frame-ancestors 'none'",
  ].join("; ");
}

export const config = { matcher: "/((?!api/v1|api/calendar/|api/health|api/ready|console/|_next/static).*)" };
