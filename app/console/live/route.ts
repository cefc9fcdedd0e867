import { answerLive } from "@/lib/adapters/live-stream";

/** What happens, as it happens, by server-sent events. */
export const GET = (request: Request) => answerLive(request);
