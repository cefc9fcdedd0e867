import { redirect } from "next/navigation";

export default function OrganisationPage() {
  redirect("/organisation/on-call");
}
