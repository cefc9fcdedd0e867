import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/auth-options";
import { signInMethods } from "@/lib/auth/sign-in-methods";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

const handle = async (request: NextRequest, context: RouteContext): Promise<Response> => {
  const { demo, oidc } = signInMethods();
  // Nothing is set up: the sign-in page says what is missing.
  if (!demo && !oidc) return new Response("Not found", { status: 404 });
  return NextAuth(request, context, authOptions());
};

export { handle as GET, handle as POST };
