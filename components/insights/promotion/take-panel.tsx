"use client";

import { Download, ExternalLink } from "lucide-react";
import type { ServerAction } from "@/components/organisation/server-action";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import type { PromotionView } from "@/lib/insights/promotion/get-promotion";
import type { retryPullRequest } from "@/lib/insights/promotion/retry-pull-request";
import { formatDay } from "../figures/format-figures";

const LINK =
  "inline-flex min-h-9 items-center gap-2 rounded-md border border-strong-line bg-surface px-3 font-medium text-sm hover:bg-hover";

/** How an accepted promotion comes into the policy files: as a pull request where a forge is configured, or as a patch. */
export function TakePanel({
  id,
  inForceUntil,
  pullRequest,
  hasForge,
  retry,
}: {
  id: string;
  /** The last UTC day on which the policy in force lets it run; null while it does not have the change. */
  inForceUntil: string | null;
  pullRequest: PromotionView["pullRequest"];
  hasForge: boolean;
  retry: ServerAction<typeof retryPullRequest>;
}) {
  const { save, saving } = useSave();
  const { state, url, error } = pullRequest;
  return (
    <section
      aria-label={inForceUntil ? "In force" : "Take the change"}
      className={classNames(
        "rounded-lg border border-l-4 bg-surface px-3.5 py-3",
        inForceUntil ? "border-l-good-solid" : "border-l-accent",
      )}
    >
      <h2 className="font-semibold text-sm">{inForceUntil ? "In force" : "Take the change"}</h2>
      <p className="mt-0.5 text-muted text-sm">
        {inForceUntil ? (
          <>
            The policy has this change. People decide all of it again after {formatDay(inForceUntil, true)}{" "}
            (UTC), or at once when a sample of it is overturned.
          </>
        ) : (
          <>
            Apply it to the repository of the policies with <code className="font-mono text-xs">git am</code>,
            review it like any change, and start Countersign with it. It is in force from then on.
          </>
        )}
      </p>
      {state === "wanted" && (
        <p className="mt-2 text-sm" role="status">
          The pull request is being opened{error ? `; the last try: ${error}` : "."}
        </p>
      )}
      {state === "failed" && (
        <p className="mt-2 rounded bg-bad-soft px-2 py-1 text-bad text-sm" role="alert">
          The pull request could not be opened: {error}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        {state === "open" && url && (
          <a href={url} rel="noreferrer" target="_blank" className={LINK}>
            <ExternalLink aria-hidden="true" className="size-4" /> Open the pull request
          </a>
        )}
        <a href={`/console/promotions/${encodeURIComponent(id)}/patch`} download className={LINK}>
          <Download aria-hidden="true" className="size-4" /> Download the patch
        </a>
        {hasForge && state !== "open" && (
          <Button
            disabled={saving}
            onClick={() => save(() => retry({ id }), "The pull request is being opened")}
          >
            {state === "none" ? "Open a pull request" : "Try again"}
          </Button>
        )}
      </div>
    </section>
  );
}
