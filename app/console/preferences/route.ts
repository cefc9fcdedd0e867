import { answerPerson, answerPost } from "@/lib/adapters/console-route";
import { getPreferences } from "@/lib/preferences/get-preferences";
import { saveQuietHours } from "@/lib/preferences/save-quiet-hours";

/** The signed-in person's own preferences. */
export const GET = (request: Request) => answerPerson(request, getPreferences);

/** Sets their quiet hours. */
export const POST = (request: Request) => answerPost(request, saveQuietHours);
