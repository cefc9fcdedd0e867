"use client";

import Link from "next/link";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";

/** What was asked for failed; the rest of the app goes on. The cause is in the server's log under the digest. */
export default function ConsoleError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <div role="alert" className="mx-auto max-w-md px-4 py-20 text-center">
      <h1 className="font-semibold text-lg">This could not be shown</h1>
      <p className="mt-2 text-muted text-sm">
        Nothing was lost or decided. Try again; if it keeps failing, tell an admin
        {error.digest ? ` the code ${error.digest}` : ""}.
      </p>
      <div className="mt-5 flex justify-center gap-2">
        <Button look="accent" onClick={reset}>
          Try again
        </Button>
        <Link
          href="/inbox"
          className="inline-flex min-h-9 items-center rounded-md border border-strong-line px-3 font-medium text-sm hover:bg-hover"
        >
          Back to the inbox
        </Link>
      </div>
    </div>
  );
}
