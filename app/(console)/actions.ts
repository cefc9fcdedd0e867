"use server";

import { action } from "@/lib/adapters/action";
import { listNotices } from "@/lib/notices/list-notices";
import { markNoticesRead } from "@/lib/notices/mark-notices-read";

/** What the signed-in person was told. */
export const listNoticesAction = action((ctx, _: Record<string, never>) => listNotices(ctx));

/** Marks what they have seen of it. */
export const markNoticesReadAction = action(markNoticesRead);
