import type { ToastMessage } from "@/components/ui/toasts";
import type { CheckResult } from "@/lib/drafts/types";

/** Long enough to be read twice; it can be closed. */
const READ_MS = 60_000;

/** What somebody is told who has just decided a check of attention: what it was, why, and that nothing came of it. */
export const checkMessage = ({ caught, because }: CheckResult): ToastMessage =>
  caught
    ? {
        tone: "good",
        title: "This was a check, and you caught it",
        body: `It ought to be rejected, because ${because} It was made up, and nobody was waiting for it.`,
        durationMs: READ_MS,
      }
    : {
        tone: "info",
        title: "This was a check: it ought to be rejected",
        body: `The reason is that ${because} It was made up, and nothing was carried out. Everybody misses one now and then.`,
        durationMs: READ_MS,
      };
