"use client";

import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { pathOf, type View } from "@/components/workspace/view";
import { useWorkspace } from "@/components/workspace/workspace-provider";
import type { Queue } from "@/lib/drafts/types";

interface Go {
  toQueue: (queue: Queue) => void;
  toDraft: (queue: Queue, id: string) => void;
  toPage: (href: string) => void;
}

/** Goes elsewhere: from one view of the inbox to another without asking the server for a page. */
export function useGo(): Go {
  const router = useRouter();
  const { navigator } = useWorkspace();
  return useMemo(() => {
    const toView = (view: View) => {
      if (navigator.current) navigator.current(view);
      else router.push(pathOf(view));
    };
    return {
      toQueue: (queue) => toView({ queue, id: null, filters: {}, from: null }),
      toDraft: (queue, id) => toView({ queue, id, filters: {}, from: null }),
      toPage: (href) => router.push(href),
    };
  }, [router, navigator]);
}
