import { NotFound } from "@/components/ui/not-found";

export default function ExampleNotFound() {
  return <NotFound what="There is no such example" />;
}
