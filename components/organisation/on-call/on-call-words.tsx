import type { OnCallNow } from "@/lib/directory/schedules/on-call-now";
import { Moment } from "./moment";

/** Who is on call until when, and who answers while they are away. */
export function OnCallWords({ now }: Pick<OnCallNow, "now">) {
  if (!now) return <span className="font-medium text-bad">Nobody</span>;
  return (
    <>
      <span className="font-medium">{now.name}</span>
      {now.until && (
        <span className="text-muted">
          {" "}
          until <Moment at={now.until} />
        </span>
      )}
      {now.standIn && (
        <span className="block text-warn text-xs">
          {"name" in now.standIn
            ? `Away: ${now.standIn.name} answers`
            : `Nobody answers: ${now.standIn.because}`}
        </span>
      )}
    </>
  );
}

/** Who comes next, and when. */
export function NextWords({ next }: Pick<OnCallNow, "next">) {
  if (!next) return <span className="text-muted">No change within a year</span>;
  return (
    <>
      <span className={next.name === null ? "text-warn" : undefined}>{next.name ?? "Nobody"}</span>
      <span className="text-muted">
        {" "}
        from <Moment at={next.from} />
      </span>
    </>
  );
}
