"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { curlLine } from "./curl-line";

export interface MadeKey {
  key: string;
  scopes: readonly string[];
}

/** A key that was just made: the only time anybody sees it. */
export function ShownKey({ made, onClose }: { made: MadeKey | null; onClose: () => void }) {
  return (
    <Dialog
      open={made !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Copy the key now"
      description="It is shown this once. Countersign keeps only its hash."
      wide
    >
      {made && (
        <>
          <div className="grid gap-3 overflow-y-auto px-4 py-3">
            <Copied label="Key" text={made.key} />
            <Copied label="To try it" text={curlLine(window.location.origin, made.key, made.scopes)} />
          </div>
          <div className="flex justify-end border-t px-4 py-3">
            <Button look="accent" onClick={onClose}>
              I have stored it
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
    setTimeout(() => setCopied(false), 1500);
  };
  const Icon = copied ? Check : Copy;
  return (
    <section aria-label={label}>
      <div className="mb-1 flex items-center justify-between gap-2">
        <h3 className="font-medium text-sm">{label}</h3>
        <Button look="quiet" onClick={copy} className="min-h-7! px-2!">
          <Icon aria-hidden="true" className="size-3.5" />
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
      <pre className="overflow-x-auto whitespace-pre-wrap break-all rounded-md border bg-sunken px-2.5 py-2 font-mono text-xs">
        {text}
      </pre>
    </section>
  );
}
