import { SideNav, type SidePage } from "@/components/ui/side-nav";

export const ORGANISATION_PAGES: readonly SidePage[] = [
  { href: "/organisation/on-call", label: "On call" },
  { href: "/organisation/away", label: "Away" },
  { href: "/organisation/holds", label: "Holds" },
  { href: "/organisation/rules", label: "Approver rules" },
  { href: "/organisation/policies", label: "Policies" },
  { href: "/organisation/people", label: "People" },
  { href: "/organisation/groups", label: "Groups" },
  { href: "/organisation/departments", label: "Departments" },
  { href: "/organisation/agents", label: "Agents and keys" },
  { href: "/organisation/hours", label: "Business hours" },
];

/** The pages about who decides, when, and by which rules. */
export const OrganisationNav = () => <SideNav label="Organisation" pages={ORGANISATION_PAGES} />;
