"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { LocalDay } from "@/components/ui/local-day";
import type { HolderKey } from "@/lib/keys/list-holder-keys";
import type { revokeKey } from "@/lib/keys/revoke-key";
import type { rotateKey } from "@/lib/keys/rotate-key";
import { Chip } from "../chips";
import { ConfirmDialog } from "../confirm-dialog";
import type { ServerAction } from "../server-action";
import { useSave } from "../use-save";
import { type MadeKey, ShownKey } from "./shown-key";

export interface KeyActions {
  rotate: ServerAction<typeof rotateKey>;
  revoke: ServerAction<typeof revokeKey>;
}

/** Keys of one holder, or of all integrations: what each may do, whose it is, until when; admins rotate and revoke. */
export function KeyList({
  keys,
  ownerId = null,
  named = false,
  actions,
}: {
  keys: HolderKey[];
  /** The agent's owner; null for integrations, whose keys each say their own. */
  ownerId?: string | null;
  /** Whether each key says whose it is, as integrations' do. */
  named?: boolean;
  /** Null for those who may only look. */
  actions: KeyActions | null;
}) {
  const { save, saving } = useSave();
  const [asking, setAsking] = useState<{ what: "rotate" | "revoke"; key: HolderKey } | null>(null);
  const [made, setMade] = useState<MadeKey | null>(null);
  const confirm = async () => {
    if (!asking || !actions) return;
    const { what, key } = asking;
    if (what === "revoke") {
      await save(() => actions.revoke(key.id), `${key.prefix}… is revoked`);
    } else {
      const next = await save(() => actions.rotate({ idOrPrefix: key.id }), `${key.prefix}… is replaced`);
      if (next) setMade({ key: next.key, scopes: key.scopes });
    }
    setAsking(null);
  };
  return (
    <>
      <ul className="divide-y divide-line">
        {keys.map((key) => (
          <li key={key.id} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 py-2 text-sm">
            <div className="min-w-0 flex-1 basis-72">
              <p className="flex flex-wrap items-center gap-x-2">
                {named && <span className="font-medium">{key.name}</span>}
                <span
                  className={key.state === "active" ? "font-mono text-xs" : "font-mono text-muted text-xs"}
                >
                  {key.prefix}…
                </span>
                <KeyMarks keyRow={key} />
              </p>
              <p className="text-muted text-xs">
                <span className="font-mono">{key.scopes.join(", ")}</span>
              </p>
              <p className="text-muted text-xs">
                {key.rotator ? (
                  <>
                    Rotated by {key.rotator}, <LocalDay at={key.createdAt} />
                  </>
                ) : (
                  <>
                    Made {key.creator ? `by ${key.creator}` : "at the command line"},{" "}
                    <LocalDay at={key.createdAt} />
                  </>
                )}
                {key.owner.id !== ownerId && <> · owned by {key.owner.name}</>}
                {key.state === "active" && (
                  <>
                    {" "}
                    ·{" "}
                    {key.expiresAt ? (
                      <>
                        expires <LocalDay at={key.expiresAt} />
                      </>
                    ) : (
                      "never expires"
                    )}
                  </>
                )}
              </p>
              {ownerId !== null && key.state === "active" && key.owner.id !== ownerId && (
                <p className="text-warn text-xs">
                  Still the former owner's, who may know it. Rotate it to hand it over.
                </p>
              )}
            </div>
            {actions && key.state !== "revoked" && (
              <div className="flex gap-1">
                <Button
                  look="quiet"
                  aria-label={`Rotate ${key.prefix}`}
                  onClick={() => setAsking({ what: "rotate", key })}
                >
                  Rotate
                </Button>
                <Button
                  look="danger"
                  aria-label={`Revoke ${key.prefix}`}
                  onClick={() => setAsking({ what: "revoke", key })}
                >
                  Revoke
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asking !== null}
        onClose={() => setAsking(null)}
        title={asking ? `${asking.what === "rotate" ? "Rotate" : "Revoke"} ${asking.key.prefix}…?` : ""}
        confirm={asking?.what === "rotate" ? "Rotate key" : "Revoke key"}
        look={asking?.what === "rotate" ? "accent" : "danger_solid"}
        busy={saving}
        onConfirm={confirm}
      >
        {asking?.what === "rotate"
          ? "It stops at once; its successor, with the same scopes and lifetime, is shown once. Whatever uses it fails until it has the new one. You will not be asked to decide on what the new one submits."
          : "It stops at once, and whatever uses it fails from its next request on. This cannot be undone. What it submitted stays."}
      </ConfirmDialog>
      <ShownKey made={made} onClose={() => setMade(null)} />
    </>
  );
}

function KeyMarks({ keyRow: { state, revokedAt, owner } }: { keyRow: HolderKey }) {
  if (state === "revoked" && revokedAt) {
    return (
      <Chip>
        revoked <LocalDay at={revokedAt} />
      </Chip>
    );
  }
  if (state === "expired") return <Chip look="warn">expired</Chip>;
  if (owner.disabled) {
    return (
      <Chip look="bad" title={`${owner.name} is disabled`}>
        stopped
      </Chip>
    );
  }
  return <Chip look="good">active</Chip>;
}
