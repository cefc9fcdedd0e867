import { answerPerson } from "@/lib/adapters/console-route";
import { readScreen } from "./read-screen";

/** What the review screen shows of a draft. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return answerPerson(request, (ctx) => readScreen(ctx, id));
}
