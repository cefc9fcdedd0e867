import { answerPerson } from "@/lib/adapters/console-route";

/** Whether the session still holds: 401 once it does not. */
export const GET = (request: Request) => answerPerson(request, async ({ actor }) => ({ name: actor.name }));
