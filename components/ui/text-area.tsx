import type { TextareaHTMLAttributes } from "react";
import { classNames } from "./class-names";
import { FIELD } from "./field-class";

/** A text area; `onSubmitKey` runs on Ctrl+Enter or ⌘+Enter. */
export function TextArea({
  onSubmitKey,
  className,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { onSubmitKey?: () => void }) {
  return (
    <textarea
      {...rest}
      className={classNames(FIELD, "block resize-y leading-snug", className)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && onSubmitKey) {
          event.preventDefault();
          onSubmitKey();
        }
      }}
    />
  );
}
