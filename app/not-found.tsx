import { NotFound } from "@/components/ui/not-found";

export default function NotFoundPage() {
  return (
    <main>
      <NotFound what="There is no such page" />
    </main>
  );
}
