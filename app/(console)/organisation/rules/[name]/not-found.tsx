import { NotFound } from "@/components/ui/not-found";

export default function RuleNotFound() {
  return <NotFound what="There is no such approver rule" />;
}
