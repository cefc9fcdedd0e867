"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { LinkButton } from "@/components/organisation/link-button";
import { PageFrame } from "@/components/organisation/page-frame";
import { ZonePicker } from "@/components/organisation/zone-picker";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { useNow } from "@/components/ui/use-now";
import type { ScheduleView } from "@/lib/directory/schedules/get-schedule";
import { scheduleChanges } from "@/lib/routing/schedule-changes";
import { DAY_MS, dayOf } from "@/lib/routing/wall-clock";
import { CompareDialog, type ReadPublished } from "./compare-dialog";
import { type LayerForm, moved, namesIn, type ScheduleForm, toDefinition, toForm } from "./editor-model";
import { FindingsList } from "./findings-list";
import { LayerCard } from "./layer-card";
import { type Publish, PublishDialog } from "./publish-dialog";
import { newLayer } from "./templates";
import { TimelineView } from "./timeline-view";
import { useLeaveGuard } from "./use-leave-guard";
import { type Preview, usePreview } from "./use-preview";
import { useViewerZone } from "./use-viewer-zone";
import { ZoneSwitch } from "./zone-switch";

const WEEKS = 4;

interface Props {
  /** What is edited; null for a new schedule, which begins as `initial`. */
  published: Pick<ScheduleView, "id" | "name" | "version" | "definition" | "names"> | null;
  initial: ScheduleForm;
  /** This week's first day, YYYY-MM-DD. */
  monday: string;
  serverNow: number;
  actions: { publish: Publish; preview: Preview; readPublished: ReadPublished };
}

/** Builds a schedule from layers, with the weeks ahead beside it, and publishes it. */
export function ScheduleEditor({ published, initial, monday, serverNow, actions }: Props) {
  const router = useRouter();
  const [base, setBase] = useState(published);
  const [form, setForm] = useState(initial);
  const [dialog, setDialog] = useState<"publish" | "compare" | null>(null);
  const [isDone, setDone] = useState(false);
  const definition = toDefinition(form);
  const begun = base ? { name: base.name, definition: base.definition } : null;
  const isDirty = !isDone && saying(form) !== saying(base ? toForm(base.name, base.definition, {}) : initial);
  const { leavingTo, stay } = useLeaveGuard(isDirty);
  const shown = usePreview(actions.preview, {
    definition,
    scheduleId: base?.id ?? null,
    from: new Date((dayOf(monday) - 1) * DAY_MS),
    until: new Date((dayOf(monday) + 7 * WEEKS + 1) * DAY_MS),
  });
  const names = { ...base?.names, ...namesIn(form) };
  const nameOf = (id: string) => names[id] ?? id;
  const isSound =
    form.name.trim() !== "" && shown.isCurrent && Object.keys(shown.errors).length === 0 && !shown.failure;
  const hasErrors = shown.findings.some(({ severity }) => severity === "error");
  const back = base ? `/organisation/on-call/${base.id}` : "/organisation/on-call";

  return (
    <PageFrame
      title={base ? `Edit “${base.name}”` : "New schedule"}
      description="Nothing counts before you publish it."
      actions={
        <>
          <LinkButton href={back}>Cancel</LinkButton>
          <Button look="accent" disabled={!isSound || hasErrors} onClick={() => setDialog("publish")}>
            Publish…
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,36rem)]">
        <FormColumn form={form} setForm={setForm} errors={shown.errors} monday={monday} />
        <PreviewColumn {...{ form, shown, monday, serverNow }} label={form.name || "New schedule"} />
      </div>
      {dialog === "publish" && (
        <PublishDialog
          input={{ id: base?.id ?? null, version: base?.version ?? 0, name: form.name, definition }}
          changes={begun && scheduleChanges(begun, { name: form.name.trim(), definition }, nameOf)}
          gaps={shown.findings.filter(({ kind }) => kind === "gap")}
          publish={actions.publish}
          onPublished={({ id }) => {
            setDone(true);
            router.push(`/organisation/on-call/${id}`);
          }}
          onCompare={() => setDialog("compare")}
          close={() => setDialog(null)}
        />
      )}
      {dialog === "compare" && base && begun && (
        <CompareDialog
          id={base.id}
          base={begun}
          mine={{ name: form.name.trim(), definition }}
          nameOf={nameOf}
          readPublished={actions.readPublished}
          onKeepMine={(theirs) => {
            setBase(theirs);
            setDialog("publish");
          }}
          onTakeTheirs={(theirs) => {
            setBase(theirs);
            setForm(toForm(theirs.name, theirs.definition, theirs.names));
            setDialog(null);
          }}
          close={() => setDialog(null)}
        />
      )}
      <Dialog
        open={leavingTo !== null}
        onOpenChange={(open) => !open && stay()}
        title="Leave without publishing?"
        description="What you typed is not published, and is lost when you leave."
      >
        <footer className="flex justify-end gap-2 px-4 py-3">
          <Button onClick={stay}>Keep editing</Button>
          <Button look="danger_solid" onClick={() => leavingTo && router.push(leavingTo)}>
            Leave
          </Button>
        </footer>
      </Dialog>
    </PageFrame>
  );
}

/** What a form says, to tell whether it changed. */
const saying = (form: ScheduleForm): string => JSON.stringify([form.name.trim(), toDefinition(form)]);

function FormColumn({
  form,
  setForm,
  errors,
  monday,
}: {
  form: ScheduleForm;
  setForm: (change: (form: ScheduleForm) => ScheduleForm) => void;
  errors: Record<string, string>;
  monday: string;
}) {
  const added = useRef(0);
  const set = (change: Partial<ScheduleForm>) => setForm((before) => ({ ...before, ...change }));
  const setLayers = (change: (layers: LayerForm[]) => LayerForm[]) =>
    setForm((before) => ({ ...before, layers: change(before.layers) }));
  const add = () => {
    added.current += 1;
    setLayers((layers) => [
      ...layers,
      newLayer(`added${added.current}`, monday, `Layer ${layers.length + 1}`),
    ]);
  };
  const errorAt = (path: string) => {
    const message = errors[`/definition${path}`];
    return message && `This has to be ${message}.`;
  };
  const last = form.layers.length - 1;
  return (
    <div className="space-y-4">
      <div className="grid gap-3 rounded-lg border bg-surface px-3 py-3 sm:grid-cols-2">
        <Field label="Name">
          {(control) => (
            <Input
              {...control}
              value={form.name}
              maxLength={80}
              placeholder="Such as Finance on call"
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <Field
          label="Time zone"
          hint="The clock of layers that name none of their own."
          error={errorAt("/time_zone")}
        >
          {(control) => <ZonePicker {...control} value={form.zone} onChange={(zone) => set({ zone })} />}
        </Field>
      </div>
      <div className="flex items-end justify-between gap-3">
        <div>
          <h2 className="font-semibold text-sm">Layers</h2>
          <p className="text-muted text-xs">The topmost that has somebody decides; those below fill in.</p>
        </div>
        <Button onClick={add} disabled={form.layers.length >= 20}>
          <Plus aria-hidden="true" className="size-3.5" />
          Layer on top
        </Button>
      </div>
      {form.layers
        .map((layer, index) => (
          <LayerCard
            key={layer.key}
            layer={layer}
            errorAt={(path) => errorAt(`/layers/${index}${path}`)}
            scheduleZone={form.zone}
            place={{ isTop: index === last, isBottom: index === 0, isOnly: last === 0 }}
            onChange={(change) =>
              setLayers((layers) =>
                layers.map((each) => (each.key === layer.key ? { ...each, ...change } : each)),
              )
            }
            onMove={(step) => setLayers((layers) => moved(layers, index, step))}
            onRemove={() => setLayers((layers) => layers.filter(({ key }) => key !== layer.key))}
          />
        ))
        .reverse()}
    </div>
  );
}

function PreviewColumn({
  form,
  shown,
  monday,
  serverNow,
  label,
}: {
  form: ScheduleForm;
  shown: ReturnType<typeof usePreview>;
  monday: string;
  serverNow: number;
  label: string;
}) {
  const viewerZone = useViewerZone();
  const [chosen, setChosen] = useState<string | null>(null);
  const zone = chosen ?? viewerZone;
  const now = useNow(serverNow);
  const hasFieldErrors = Object.keys(shown.errors).length > 0;
  return (
    <div className="space-y-4 xl:sticky xl:top-16">
      <Panel
        title="The next four weeks"
        aside={
          <ZoneSwitch viewerZone={viewerZone} scheduleZone={form.zone} value={zone} onChange={setChosen} />
        }
      >
        <div aria-busy={!shown.isCurrent} className={hasFieldErrors ? "opacity-40" : undefined}>
          {shown.timeline ? (
            <TimelineView {...{ monday, zone, now, label }} timeline={shown.timeline} weeks={WEEKS} />
          ) : (
            <p className="py-8 text-center text-muted text-sm">
              {hasFieldErrors ? "It appears once every layer has people." : "Working it out…"}
            </p>
          )}
        </div>
      </Panel>
      <Panel title="Check">
        {shown.failure && <p className="text-bad text-sm">{shown.failure}</p>}
        {hasFieldErrors && (
          <p className="text-sm text-warn">
            {Object.keys(shown.errors).length === 1 ? "One field is" : "Some fields are"} not complete yet;
            each says what it needs.
          </p>
        )}
        {!shown.failure && !hasFieldErrors && shown.timeline && (
          <FindingsList findings={shown.findings} form={form} />
        )}
      </Panel>
    </div>
  );
}
