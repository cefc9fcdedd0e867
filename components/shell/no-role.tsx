/** For somebody who is known, and may do nothing. */
export function NoRole() {
  return (
    <div className="mx-auto max-w-md px-4 py-20 text-center">
      <h1 className="font-semibold text-lg">You have no role yet</h1>
      <p className="mt-2 text-muted text-sm">
        Your account is there, but it may not see anything. Ask an admin to make you an approver, manager or
        auditor.
      </p>
    </div>
  );
}
