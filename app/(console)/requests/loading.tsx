import { LoadingList } from "@/components/organisation/loading-list";

export default function RequestsLoading() {
  return (
    <LoadingList
      title="Ask for a draft"
      description="The built-in drafter writes it, from your words, the policy and how people decided before."
    />
  );
}
