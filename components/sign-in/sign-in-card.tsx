import type { ReactNode } from "react";
import { Mark } from "@/components/ui/mark";

/** The frame that all pages before sign-in share. */
export function SignInCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-4 py-10">
      <div className="mb-5 flex items-center gap-3">
        <Mark className="size-9" />
        <div>
          <h1 className="font-semibold text-lg leading-tight">{title}</h1>
          <p className="text-muted text-sm">Countersign, the approval inbox for AI agents</p>
        </div>
      </div>
      {children}
    </main>
  );
}
