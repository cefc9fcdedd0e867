import {
  createColumnHelper,
  createSortedRowModel,
  metaHelper,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { FigureRow } from "@/lib/insights/figures/types";
import {
  Count,
  Decided,
  type FigureTableSetting,
  Name,
  None,
  nameOf,
  RateCell,
  TwoLines,
} from "./figure-cells";
import { formatCount, formatSeconds, formatShare } from "./format-figures";
import { Sparkline } from "./sparkline";

interface ColumnMeta {
  className: string;
  /** What it counts, for who points at the head. */
  about?: string;
}

export const features = tableFeatures({
  columnMeta: metaHelper<ColumnMeta>(),
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});
const helper = createColumnHelper<typeof features, FigureRow>();

const NUMBER = "w-20 px-2 text-right";

/** The columns of a table of figures, the share that was approved first: on a phone it is what one sees. Rows without a value stand last, whichever way it is sorted. */
export const figureColumns = ({ by, period, series, details }: FigureTableSetting) =>
  helper.columns([
    helper.accessor((row) => nameOf(row), {
      id: "name",
      header: by === "action_type" ? "Action type" : by === "rule" ? "Rule" : "Agent",
      meta: { className: "sticky left-0 z-10 w-36 bg-inherit pl-3.5 pr-2 sm:w-52" },
      cell: ({ row: { original } }) => <Name row={original} by={by} period={period} details={details} />,
    }),
    helper.accessor((row) => row.now.approvalRate?.share, {
      id: "approval",
      header: "Approved",
      sortUndefined: "last",
      meta: {
        className: "w-20 px-2 text-right sm:w-36",
        about: "Of what people decided, edited ones among them; below it the 95% interval",
      },
      cell: ({ row: { original } }) => (
        <div className="flex items-center justify-end gap-2">
          {series && (
            <span className="hidden sm:block">
              <Sparkline steps={series[original.actionType] ?? []} />
            </span>
          )}
          <RateCell now={original.now.approvalRate} before={original.before.approvalRate} />
        </div>
      ),
    }),
    helper.accessor((row) => row.now.decided, {
      id: "decided",
      header: "Decided",
      meta: {
        className: NUMBER,
        about: "All that stopped waiting in the period, decided by people or by policy",
      },
      cell: ({ row: { original } }) => <Decided row={original} period={period} />,
    }),
    helper.accessor((row) => row.now.editRate?.share, {
      id: "edits",
      header: "Edited",
      sortUndefined: "last",
      meta: {
        className: "w-24 px-2 text-right",
        about: "The share that people changed before they approved it",
      },
      cell: ({ row: { original } }) => (
        <RateCell now={original.now.editRate} before={original.before.editRate} />
      ),
    }),
    helper.accessor((row) => share(row.now.automatic, row.now.decided), {
      id: "automatic",
      header: "Automatic",
      sortUndefined: "last",
      meta: { className: NUMBER, about: "The share that the policy let run by itself" },
      cell: ({ getValue, row: { original } }) => {
        const value = getValue();
        return value === undefined ? <None /> : formatShare(value, original.now.decided);
      },
    }),
    helper.accessor((row) => row.now.decideSeconds?.median, {
      id: "median",
      header: "Time to decide",
      sortUndefined: "last",
      meta: {
        className: "w-28 px-2 text-right",
        about:
          "From submission to a person's decision: the median; and within what time nine of ten were decided",
      },
      cell: ({ row: { original } }) => {
        const time = original.now.decideSeconds;
        if (!time) return <None />;
        return <TwoLines first={formatSeconds(time.median)} second={`90% in ${formatSeconds(time.p90)}`} />;
      },
    }),
    helper.accessor((row) => row.now.breached, {
      id: "breached",
      header: "Breaches",
      meta: { className: NUMBER, about: "Escalated or lapsed, because nobody decided in time" },
      cell: ({ getValue }) => <Count value={getValue()} />,
    }),
    helper.accessor((row) => row.now.failed, {
      id: "failed",
      header: "Failed",
      meta: {
        className: NUMBER,
        about: "Could not be carried out; mismatched where another payload was executed",
      },
      cell: ({ row: { original } }) => (
        <TwoLines
          first={<Count value={original.now.failed} />}
          second={original.now.mismatched > 0 ? `${formatCount(original.now.mismatched)} mismatched` : null}
        />
      ),
    }),
    helper.accessor((row) => row.queue.waiting, {
      id: "waiting",
      header: "Waiting now",
      meta: { className: "w-28 pr-3.5 pl-2 text-right", about: "Pending now, whatever the period" },
      cell: ({ row: { original } }) => (
        <TwoLines
          first={<Count value={original.queue.waiting} />}
          second={
            original.queue.oldestSeconds === null
              ? null
              : `oldest ${formatSeconds(original.queue.oldestSeconds)}`
          }
        />
      ),
    }),
  ]);

const share = (count: number, of: number) => (of === 0 ? undefined : count / of);
