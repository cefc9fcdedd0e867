import type { InboxPage, ReviewScreen } from "@/lib/drafts/types";

/** With the server's time in milliseconds, so that what was read before a decision is not taken for news. */
export type Timed<Data> = Data & { readAt: number };

/** A review screen, and when it was read. */
export interface TimedScreen {
  screen: ReviewScreen;
  readAt: number;
}

/** The page of the inbox that a server page was drawn with, and the filters it is narrowed by, as an address has them. */
export type InitialPage = Timed<InboxPage> & { filterKey: string };
