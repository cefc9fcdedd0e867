"use client";

import { useState } from "react";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import type { ActionResult } from "@/lib/adapters/action";
import type { FeedView } from "@/lib/directory/feeds/list-feeds";
import { Moment } from "./moment";

export type MakeFeed = (input: {
  scheduleId: string | null;
}) => Promise<ActionResult<{ id: string; path: string }>>;
export type EndFeed = (input: { id: string }) => Promise<ActionResult<void>>;

interface Props {
  title: string;
  explanation: string;
  scheduleId: string | null;
  feeds: FeedView[];
  viewerId: string;
  makeFeed: MakeFeed;
  endFeed: EndFeed;
}

/** Calendar addresses: make one, which is shown once, and revoke those there are. */
export function FeedPanel({ title, explanation, scheduleId, feeds, viewerId, makeFeed, endFeed }: Props) {
  const { save, saving } = useSave();
  const [address, setAddress] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<FeedView | null>(null);
  const make = async () => {
    const made = await save(() => makeFeed({ scheduleId }), "Calendar address made");
    if (made) setAddress(new URL(made.path, window.location.origin).href);
  };
  const revoke = async (id: string) => {
    await save(() => endFeed({ id }), "Calendar address revoked");
    setRevoking(null);
  };
  return (
    <Panel title={title}>
      <p className="text-muted text-sm">
        {explanation} Whoever has the address can read it without signing in.
      </p>
      {feeds.length > 0 && (
        <ul className="mt-2 divide-y text-sm">
          {feeds.map((feed) => (
            <li key={feed.id} className="flex items-center justify-between gap-3 py-1">
              <span className="min-w-0">
                {feed.personId === viewerId ? "Yours" : feed.name}
                <span className="text-muted">
                  , made <Moment at={feed.createdAt} />
                </span>
              </span>
              <Button look="danger" className="min-h-8" onClick={() => setRevoking(feed)} disabled={saving}>
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button className="mt-2" onClick={make} disabled={saving}>
        New calendar address
      </Button>
      <Dialog
        open={address !== null}
        onOpenChange={(open) => !open && setAddress(null)}
        title="Your calendar address"
        description="Add it in your calendar program as a subscription (“from URL”). It is shown only now: copy it."
      >
        <div className="px-4 py-3">
          <Field label="Address">
            {(control) => (
              <div className="flex items-center gap-2">
                <Input
                  {...control}
                  readOnly
                  value={address ?? ""}
                  onFocus={(event) => event.target.select()}
                  className="font-mono"
                />
                <CopyButton text={address ?? ""} label="Copy the address" />
              </div>
            )}
          </Field>
        </div>
        <footer className="flex justify-end border-t px-4 py-3">
          <Button look="accent" onClick={() => setAddress(null)}>
            Done
          </Button>
        </footer>
      </Dialog>
      <Dialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title="Revoke this calendar address?"
        description="Calendars that read it stop getting shifts at once. A new address can be made at any time."
      >
        <footer className="flex justify-end gap-2 px-4 py-3">
          <Button onClick={() => setRevoking(null)}>Keep it</Button>
          <Button look="danger_solid" disabled={saving} onClick={() => revoking && revoke(revoking.id)}>
            Revoke
          </Button>
        </footer>
      </Dialog>
    </Panel>
  );
}
