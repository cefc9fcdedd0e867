import { NotFound } from "@/components/ui/not-found";

export default function DepartmentNotFound() {
  return <NotFound what="There is no such department" />;
}
