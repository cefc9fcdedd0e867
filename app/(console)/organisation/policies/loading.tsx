import { PageSkeleton } from "@/components/organisation/on-call/page-skeleton";

export default function PoliciesLoading() {
  return <PageSkeleton label="Loading the policies" />;
}
