import { redirect } from "next/navigation";

export default async function DraftPage({ params }: { params: Promise<{ id: string }> }) {
  redirect(`/inbox/${encodeURIComponent((await params).id)}`);
}
