import { checkReadiness } from "@/lib/adapters/check-readiness";

/** 200 when database, policies and a worker are there; 503 with what is missing otherwise. */
export async function GET() {
  const readiness = await checkReadiness();
  return Response.json(readiness, {
    status: readiness.ready ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
export const dynamic = "force-dynamic";
