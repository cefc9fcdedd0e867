import { NotFound } from "@/components/ui/not-found";

export default function HoldNotFound() {
  return <NotFound what="There is no such hold" />;
}
