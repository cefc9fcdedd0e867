import type { Context, PersonActor } from "@/lib/context";
import { ERROR_STATUS } from "@/lib/errors";
import { failureOf } from "./action";
import { requireSession } from "./console-route";
import { createContext } from "./context";

interface SavedFile {
  /** As the browser suggests it; other characters than letters, digits, dots and dashes become underscores. */
  name: string;
  contentType: string;
  content: string;
}

/** Answers a signed-in person with a file to save; a refusal is its sentence, as text. */
export async function answerFile(verb: (ctx: Context<PersonActor>) => Promise<SavedFile>): Promise<Response> {
  try {
    const { name, contentType, content } = await verb(await createContext(await requireSession()));
    return new Response(content, {
      headers: {
        ...headersOf(contentType),
        "content-disposition": `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"`,
      },
    });
  } catch (error) {
    const { code, message } = failureOf(error);
    return new Response(`${message}\n`, { status: ERROR_STATUS[code], headers: headersOf("text/plain") });
  }
}

const headersOf = (contentType: string) => ({
  "content-type": `${contentType}; charset=utf-8`,
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
});
