import type { ListFilter } from "@/components/organisation/list-filters";
import type { LibraryCount } from "@/lib/examples/count-library";
import type { ExampleView } from "@/lib/examples/get-example";

/** The same words on the page and while it loads. */
export const LIBRARY = {
  title: "Examples library",
  description:
    "What people decided, kept for similar decisions and for agents’ prompts. Withdraw what should not teach.",
};

export const libraryFilters = (counts: LibraryCount[]): ListFilter[] => [
  {
    name: "type",
    label: "Action type",
    options: [
      { value: "", label: "Any action type" },
      ...counts.map(({ actionType, title }) => ({ value: actionType, label: title })),
    ],
  },
  {
    name: "outcome",
    label: "Outcome",
    options: [
      { value: "", label: "Any outcome" },
      { value: "approved", label: "Approved" },
      { value: "edited", label: "Edited" },
      { value: "rejected", label: "Rejected" },
      { value: "changes_requested", label: "Changes asked" },
    ],
  },
  {
    name: "show",
    label: "Which",
    options: [
      { value: "", label: "All of them" },
      { value: "in_prompts", label: "Not withdrawn" },
      { value: "withdrawn", label: "Withdrawn" },
      { value: "here", label: "Decided here" },
      { value: "imported", label: "Imported" },
    ],
  },
  {
    name: "by",
    label: "Order",
    options: [
      { value: "", label: "Newest first" },
      { value: "meaning", label: "Nearest in meaning" },
    ],
  },
];

/** Whether prompts see an example, in a sentence. */
export const inPromptsWords = (inPrompts: ExampleView["inPrompts"]): string =>
  ({
    yes: "Agents’ prompts and searches for similar decisions may use it.",
    withdrawn: "It is withdrawn: no prompt and no new search for similar decisions uses it.",
    not_covered: "No policy covers its action type any more, so no prompt uses it.",
    check: "It was a check of reviewers' attention, so no prompt uses it.",
  })[inPrompts];

/** The filters that one choice of which to show stands for. */
export const shownFilters = (show: string | undefined) =>
  show === "here" || show === "imported" ? { source: show } : { state: show };
