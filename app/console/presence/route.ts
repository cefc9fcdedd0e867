import { answerPost } from "@/lib/adapters/console-route";
import { notePresence } from "@/lib/live/presence";

/** The screen of one draft is open, or was left. */
export const POST = (request: Request) => answerPost(request, notePresence);
