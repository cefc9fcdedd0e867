import { NotFound } from "@/components/ui/not-found";

export default function PolicyNotFound() {
  return <NotFound what="No policy covers this action type" />;
}
