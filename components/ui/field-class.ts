/** How every control of a form looks. 16 px on phones, or iOS zooms into it. */
export const FIELD =
  "w-full rounded-md border border-strong-line bg-surface px-2.5 py-1.5 text-[1rem] sm:text-sm aria-invalid:border-bad";
