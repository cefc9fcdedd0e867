"use client";

import "./globals.css";

export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <main role="alert" className="mx-auto max-w-md px-4 py-24 text-center">
          <h1 className="font-semibold text-lg">Countersign cannot be reached properly</h1>
          <p className="mt-2 text-muted text-sm">
            The database may be restarting. Nothing was lost{error.digest ? ` (code ${error.digest})` : ""}.
          </p>
          <button
            type="button"
            onClick={reset}
            className="mt-5 rounded-md border border-strong-line px-3 py-2 font-medium text-sm"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
