import { answerPost } from "@/lib/adapters/console-route";
import { markNoticesRead } from "@/lib/notices/mark-notices-read";

/** Marks what they have seen of it. */
export const POST = (request: Request) => answerPost(request, markNoticesRead);
