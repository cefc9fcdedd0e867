import { answerPerson } from "@/lib/adapters/console-route";
import { getDayFigures } from "@/lib/drafts/get-day-figures";

/** The signed-in person's own figures since a moment: `since`, ISO 8601. */
export const GET = (request: Request) =>
  answerPerson(request, (ctx) =>
    getDayFigures(ctx, { since: new URL(request.url).searchParams.get("since") ?? "" }),
  );
