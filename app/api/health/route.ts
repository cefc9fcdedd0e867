/** The process lives. Asks nothing of the database. */
export const GET = () => Response.json({ status: "alive" }, { headers: { "cache-control": "no-store" } });
export const dynamic = "force-dynamic";
