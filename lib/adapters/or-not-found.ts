import { notFound } from "next/navigation";
import { CountersignError } from "@/lib/errors";

/** For pages about one thing: what a verb answers, or the not-found page where there is no such thing. */
export async function orNotFound<Data>(reading: Promise<Data>): Promise<Data> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof CountersignError && error.code === "not_found") notFound();
    throw error;
  }
}
