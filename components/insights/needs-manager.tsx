/** For somebody who decides drafts, but does not oversee how they are decided. */
export function NeedsManager() {
  return (
    <div className="mx-auto max-w-md px-4 py-20 text-center">
      <h1 className="font-semibold text-lg">Insights are for managers and auditors</h1>
      <p className="mt-2 text-muted text-sm">
        They show how all of the organisation decides. Your own figures are on “Your figures and
        notifications”. An admin can make you a manager.
      </p>
    </div>
  );
}
