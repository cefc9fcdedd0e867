import { PageSkeleton } from "@/components/organisation/on-call/page-skeleton";

export default function AwayLoading() {
  return <PageSkeleton label="Loading who is away" />;
}
