"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

/** Goes to the organisation's own sign-in and comes back to `destination`. */
export function OidcButton({ destination, host }: { destination: string; host: string }) {
  const [pending, setPending] = useState(false);
  return (
    <Button
      look="accent"
      className="w-full"
      disabled={pending}
      onClick={() => {
        setPending(true);
        void signIn("oidc", { callbackUrl: destination }).catch(() => setPending(false));
      }}
    >
      Sign in with {host}
    </Button>
  );
}
