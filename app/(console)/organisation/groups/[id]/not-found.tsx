import { NotFound } from "@/components/ui/not-found";

export default function GroupNotFound() {
  return <NotFound what="There is no such group" />;
}
