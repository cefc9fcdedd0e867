import { SideNav, type SidePage } from "@/components/ui/side-nav";

export const INSIGHTS_PAGES: readonly SidePage[] = [
  { href: "/insights", label: "Overview" },
  { href: "/insights/bottlenecks", label: "Bottlenecks" },
  { href: "/insights/attention", label: "Attention" },
  { href: "/insights/quarter", label: "Quarterly review" },
  { href: "/insights/promotions", label: "Promotions" },
  { href: "/insights/library", label: "Examples library" },
];

/** The pages about how it goes: what is approved, where it waits, what may run by itself. */
export const InsightsNav = () => <SideNav label="Insights" pages={INSIGHTS_PAGES} />;
