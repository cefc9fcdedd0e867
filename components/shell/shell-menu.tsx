"use client";

import {
  Building2,
  ChartNoAxesColumn,
  ChartSpline,
  LogOut,
  type LucideIcon,
  Menu,
  PenLine,
  Search,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { DropdownMenu } from "radix-ui";
import { leave } from "./leave";
import { useShell } from "./shell-provider";
import { nextTheme, THEME_ICONS } from "./theme-switch";
import { useTheme } from "./use-theme";

/** What the bar of a phone has no room for. */
export function ShellMenu({ who }: { who: string }) {
  const router = useRouter();
  const { show, rights, theme: painted } = useShell();
  const [theme, setTheme] = useTheme(painted);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label="Menu"
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover data-[state=open]:bg-hover md:hidden"
      >
        <Menu aria-hidden="true" className="size-4" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-40 w-64 rounded-lg border bg-surface p-1 shadow-xl md:hidden"
        >
          <DropdownMenu.Label className="truncate px-2 py-1.5 text-muted text-xs">{who}</DropdownMenu.Label>
          <Item Icon={Search} onSelect={() => show("palette")}>
            Search or jump…
          </Item>
          {rights.inbox && (
            <Item Icon={ChartNoAxesColumn} onSelect={() => router.push("/me")}>
              Your figures and notifications
            </Item>
          )}
          {rights.requests && (
            <Item Icon={PenLine} onSelect={() => router.push("/requests")}>
              Ask for a draft
            </Item>
          )}
          {rights.insights && (
            <Item Icon={ChartSpline} onSelect={() => router.push("/insights")}>
              Insights
            </Item>
          )}
          {rights.organisation && (
            <Item Icon={Building2} onSelect={() => router.push("/organisation")}>
              Organisation
            </Item>
          )}
          <Item
            Icon={THEME_ICONS[theme]}
            onSelect={(event) => {
              event.preventDefault();
              setTheme(nextTheme(theme));
            }}
          >
            Theme: {theme}
          </Item>
          <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />
          <Item Icon={LogOut} onSelect={() => void leave()}>
            Sign out
          </Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const Item = ({
  Icon,
  onSelect,
  children,
}: {
  Icon: LucideIcon;
  onSelect: (event: Event) => void;
  children: React.ReactNode;
}) => (
  <DropdownMenu.Item
    onSelect={onSelect}
    className="flex min-h-10 cursor-pointer select-none items-center gap-2.5 rounded px-2 text-sm outline-none data-[highlighted]:bg-hover"
  >
    <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
    <span>{children}</span>
  </DropdownMenu.Item>
);
