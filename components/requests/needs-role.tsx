/** For somebody who may look at drafts, but not have them made. */
export function NeedsRole() {
  return (
    <div className="mx-auto max-w-md px-4 py-20 text-center">
      <h1 className="font-semibold text-lg">Drafts are asked for by approvers and managers</h1>
      <p className="mt-2 text-muted text-sm">
        The built-in drafter writes what an approver, a manager or an admin asks it for. An admin can give you
        one of these roles.
      </p>
    </div>
  );
}
