import { answerPerson } from "@/lib/adapters/console-route";
import { getDayFigures } from "@/lib/drafts/get-day-figures";

const MOST = 4;

/** The signed-in person's own figures since each of up to four moments: `since`, ISO 8601. */
export const GET = (request: Request) =>
  answerPerson(request, (ctx) => {
    const moments = new URL(request.url).searchParams.getAll("since").slice(0, MOST);
    return Promise.all(moments.map((since) => getDayFigures(ctx, { since })));
  });
