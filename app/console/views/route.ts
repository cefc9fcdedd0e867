import { answerPerson } from "@/lib/adapters/console-route";
import { listViews } from "@/lib/views/list-views";

/** The signed-in person's saved views, by name. */
export const GET = (request: Request) => answerPerson(request, listViews);
