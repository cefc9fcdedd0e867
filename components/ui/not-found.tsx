import Link from "next/link";

export function NotFound({ what }: { what: string }) {
  return (
    <div className="mx-auto max-w-md px-4 py-20 text-center">
      <h1 className="font-semibold text-lg">{what}</h1>
      <p className="mt-2 text-muted text-sm">The link may be old or mistyped.</p>
      <Link
        href="/inbox"
        className="mt-5 inline-block font-medium text-accent text-sm underline underline-offset-2"
      >
        Go to the inbox
      </Link>
    </div>
  );
}
