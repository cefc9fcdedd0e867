"use client";

import { AlertTriangle, OctagonX } from "lucide-react";
import type { Finding } from "@/lib/routing/schedule-check";
import type { ScheduleForm } from "./editor-model";
import { layerId } from "./layer-card";

const MOST = 6;

/** What publishing would find, each with a way to the layer it is about. */
export function FindingsList({ findings, form }: { findings: Finding[]; form: ScheduleForm }) {
  if (findings.length === 0) {
    return (
      <p className="text-good text-sm">
        Somebody who can decide is on call at every moment of the next eight weeks.
      </p>
    );
  }
  return (
    <ul aria-label="Findings" className="space-y-1.5 text-sm">
      {findings.slice(0, MOST).map((finding) => (
        <li key={finding.message} className="flex items-start gap-2">
          {finding.severity === "error" ? (
            <OctagonX aria-label="Error" className="mt-0.5 size-4 shrink-0 text-bad" />
          ) : (
            <AlertTriangle aria-label="Warning" className="mt-0.5 size-4 shrink-0 text-warn" />
          )}
          <span className="min-w-0">
            {finding.message}
            {cardsOf(finding, form).map((layer) => (
              <button
                key={layer.key}
                type="button"
                onClick={() => show(layer.key)}
                className="ml-1.5 text-accent underline underline-offset-2"
              >
                Show {layer.name}
              </button>
            ))}
          </span>
        </li>
      ))}
      {findings.length > MOST && <li className="text-muted">and {findings.length - MOST} more</li>}
    </ul>
  );
}

function cardsOf(finding: Finding, { layers }: ScheduleForm) {
  if (finding.kind === "layer") return layers.filter(({ name }) => name.trim() === finding.layer);
  if (finding.kind === "gap") return [];
  return layers.filter(({ participants }) => participants.some(({ id }) => id === finding.personId));
}

function show(key: string): void {
  const card = document.getElementById(layerId(key));
  card?.scrollIntoView({ block: "start" });
  card?.focus({ preventScroll: true });
}
