import { NotFound } from "@/components/ui/not-found";

export default function PromotionNotFound() {
  return <NotFound what="There is no such promotion" />;
}
