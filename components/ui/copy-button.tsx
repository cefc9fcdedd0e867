"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";

/** Copies `text`; says so for a moment. */
export function CopyButton({ text, label }: { text: string; label: string }) {
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
    <button
      type="button"
      onClick={copy}
      title={label}
      aria-label={copied ? "Copied" : label}
      className="inline-flex size-5 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink"
    >
      <Icon aria-hidden="true" className="size-3" />
    </button>
  );
}
