import { ArrowRight, CircleCheck, LoaderCircle, OctagonX } from "lucide-react";
import { formatLabel } from "@/components/ui/format-value";
import { TierBadge } from "@/components/ui/tier-badge";
import type { EditPreview } from "@/lib/drafts/preview-edit";
import type { PreviewState } from "./use-edit-preview";

type Outlook = Extract<EditPreview, { valid: true }>;

/** What approving the edit would lead to: tier, rule, and who has it then. */
export function EditEffect({ state: { preview, failure, isAsking } }: { state: PreviewState }) {
  return (
    <div
      role="status"
      aria-busy={isAsking}
      className={`min-h-10 text-xs transition-opacity ${isAsking && preview ? "opacity-60" : ""}`}
    >
      {failure ? (
        <p className="foreign text-warn">{failure.message}</p>
      ) : preview?.valid ? (
        <Effect outlook={preview} />
      ) : preview ? (
        <p className="text-bad">The schema refuses it; see beside the fields.</p>
      ) : (
        isAsking && (
          <p className="flex items-center gap-1.5 text-muted">
            <LoaderCircle aria-hidden="true" className="size-3.5 animate-spin" />
            Asking the policy …
          </p>
        )
      )}
    </div>
  );
}

function Effect({ outlook }: { outlook: Outlook }) {
  const { tier, tierBefore, rule, blockedBy, movesOn, approverRule, approvalsMissing, reasons } = outlook;
  if (blockedBy.length > 0) {
    return (
      <p className="flex items-start gap-1.5 font-medium text-bad">
        <OctagonX aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
        <span className="foreign">Policy forbids this edit: {blockedBy.map(formatLabel).join(", ")}.</span>
      </p>
    );
  }
  return (
    <div className="space-y-1">
      <p className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5">
        {tier !== tierBefore && (
          <>
            <TierBadge tier={tierBefore} />
            <ArrowRight aria-label="becomes" className="size-3.5 text-muted" />
          </>
        )}
        <TierBadge tier={tier} />
        <span className="text-muted" title={reasons.join("; ")}>
          rule “{rule}”
        </span>
      </p>
      {movesOn ? (
        <p className="foreign font-medium text-warn">
          Your edit alone does not approve it: it goes on to {approverRule}
          {namesOf(outlook)}
          {approvalsMissing > 1 && `, ${approvalsMissing} of whom have to approve`}.
        </p>
      ) : approvalsMissing > 0 ? (
        <p className="foreign text-warn">
          {approvalsMissing} more {approvalsMissing === 1 ? "approval is" : "approvals are"} needed after
          yours
          {namesOf(outlook)}.
        </p>
      ) : (
        <p className="flex items-center gap-1.5">
          <CircleCheck aria-hidden="true" className="size-3.5 shrink-0 text-good" />
          It stays with you, and is carried out as edited.
        </p>
      )}
    </div>
  );
}

function namesOf({ toWhom, toWhomInAll }: Outlook): string {
  if (toWhom.length === 0) return ", where nobody may decide now";
  const shown = toWhom.slice(0, 4);
  const more = toWhomInAll - shown.length;
  return ` (${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
}
