import type { Metadata } from "next";
import { AsAnAgentSeesIt } from "@/components/library/as-an-agent-sees-it";
import { ExampleActions } from "@/components/library/example-actions";
import { ExampleInFull } from "@/components/library/example-in-full";
import { LIBRARY } from "@/components/library/library-words";
import { Chip } from "@/components/organisation/chips";
import { PageFrame } from "@/components/organisation/page-frame";
import { OutcomeBadge } from "@/components/review/outcome-badge";
import { createContext } from "@/lib/adapters/context";
import { orNotFound } from "@/lib/adapters/or-not-found";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { getExample } from "@/lib/examples/get-example";
import { restore, withdraw } from "../actions";

export const metadata: Metadata = { title: "Example" };

export default async function ExamplePage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requirePerson();
  if (!may(actor, "insights.read")) return null;
  const example = await orNotFound(getExample(await createContext(actor), await params));
  const withdrawn = example.inPrompts === "withdrawn";
  return (
    <PageFrame
      title={example.title}
      back={{ href: "/insights/library", label: LIBRARY.title }}
      marks={
        <>
          <OutcomeBadge outcome={example.outcome} />
          {withdrawn && <Chip look="warn">withdrawn</Chip>}
          {example.imported && <Chip>imported</Chip>}
        </>
      }
      actions={
        may(actor, "library.write") &&
        !(withdrawn && example.overturned) && (
          <ExampleActions
            exampleId={example.id}
            withdrawn={withdrawn}
            withdraw={withdraw}
            restore={restore}
          />
        )
      }
    >
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <ExampleInFull example={example} />
        <AsAnAgentSeesIt example={example} />
      </div>
    </PageFrame>
  );
}
