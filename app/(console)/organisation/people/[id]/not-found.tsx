import { NotFound } from "@/components/ui/not-found";

export default function PersonNotFound() {
  return <NotFound what="There is no such person" />;
}
