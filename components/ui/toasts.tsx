"use client";

import { AlertTriangle, CheckCircle2, X } from "lucide-react";
import { Toast } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

export interface ToastMessage {
  tone: "good" | "bad" | "info";
  title: string;
  body?: string;
  action?: { label: string; run: () => void };
  /** How long it stays, where that matters; failures stay until they are closed. */
  durationMs?: number;
}

type Show = (message: ToastMessage) => void;
const ToastContext = createContext<Show>(() => {});

/** Shows short messages that screen readers announce. Failures stay until closed; the rest go by themselves. */
export const useToast = (): Show => useContext(ToastContext);

let lastId = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<(ToastMessage & { id: number })[]>([]);
  const show = useCallback<Show>((message) => {
    lastId += 1;
    const id = lastId;
    // Failures stay until they are closed; of what went well, the last is enough.
    setMessages((before) => [...before.filter(({ tone }) => tone === "bad").slice(-3), { ...message, id }]);
  }, []);
  const close = useCallback((id: number) => setMessages((before) => before.filter((m) => m.id !== id)), []);
  const value = useMemo(() => show, [show]);

  return (
    <ToastContext.Provider value={value}>
      <Toast.Provider swipeDirection="right" label="Result">
        {children}
        {messages.map(({ id, tone, title, body, action, durationMs = 5000 }) => (
          <Toast.Root
            key={id}
            type={tone === "bad" ? "foreground" : "background"}
            duration={tone === "bad" ? 1_000_000 : durationMs}
            onOpenChange={(open) => !open && close(id)}
            className="flex items-start gap-2.5 rounded-lg border bg-surface px-3 py-2.5 shadow-lg"
          >
            <ToneIcon tone={tone} />
            <div className="min-w-0 flex-1">
              <Toast.Title className="line-clamp-2 font-medium text-sm">{title}</Toast.Title>
              {body && <Toast.Description className="foreign text-muted text-sm">{body}</Toast.Description>}
              {action && (
                <Toast.Action asChild altText={action.label}>
                  <button
                    type="button"
                    onClick={action.run}
                    className="mt-1 font-medium text-accent text-sm underline underline-offset-2"
                  >
                    {action.label}
                  </button>
                </Toast.Action>
              )}
            </div>
            <Toast.Close aria-label="Close message" className="rounded p-0.5 text-muted hover:bg-hover">
              <X aria-hidden="true" className="size-3.5" />
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed inset-x-3 bottom-28 z-50 flex flex-col gap-2 sm:right-4 sm:bottom-20 sm:left-auto sm:w-96" />
      </Toast.Provider>
    </ToastContext.Provider>
  );
}

function ToneIcon({ tone }: { tone: ToastMessage["tone"] }) {
  if (tone === "bad") return <AlertTriangle aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad" />;
  return (
    <CheckCircle2
      aria-hidden="true"
      className={`mt-0.5 size-4 shrink-0 ${tone === "good" ? "text-good" : "text-muted"}`}
    />
  );
}
