import { NotFound } from "@/components/ui/not-found";

export default function DraftNotFound() {
  return <NotFound what="There is no such draft" />;
}
