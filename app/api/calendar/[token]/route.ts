import { answerFeed } from "@/lib/adapters/answer-feed";

/** Shifts for calendar programs, which cannot sign in: the address itself is the secret. */
export const GET = (request: Request) => answerFeed(request);
export const dynamic = "force-dynamic";
