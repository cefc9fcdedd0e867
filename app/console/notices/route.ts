import { answerPerson } from "@/lib/adapters/console-route";
import { listNotices } from "@/lib/notices/list-notices";

/** What the signed-in person was told. */
export const GET = (request: Request) => answerPerson(request, listNotices);
