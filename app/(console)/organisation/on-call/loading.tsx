import { PageSkeleton } from "@/components/organisation/on-call/page-skeleton";

export default function OnCallLoading() {
  return <PageSkeleton label="Loading who is on call" />;
}
