import { cookies } from "next/headers";
import { type ReactNode, Suspense } from "react";
import { QueueTabs } from "@/components/inbox/queue-tabs";
import { NavLinks } from "@/components/shell/nav-links";
import { NoticesBell } from "@/components/shell/notices-bell";
import { NotifyBrowser } from "@/components/shell/notify-browser";
import { ShellProvider } from "@/components/shell/shell-provider";
import { readTheme, THEME_COOKIE } from "@/components/shell/theme";
import { TitleBadge } from "@/components/shell/title-badge";
import { TopBar } from "@/components/shell/top-bar";
import { ToastProvider } from "@/components/ui/toasts";
import { WorkspaceProvider } from "@/components/workspace/workspace-provider";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { countUnread } from "@/lib/notices/count-unread";

/** Everything behind sign-in. What the browser knows of the inbox lives here, so that it outlasts going from page to page. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await requirePerson();
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  const rights = {
    inbox: may(actor, "inbox.read"),
    insights: may(actor, "insights.read"),
    organisation: may(actor, "organisation.read"),
    requests: may(actor, "draft.request"),
  };
  const unread = rights.inbox ? await countUnread(await createContext(actor)) : null;
  return (
    <ToastProvider>
      <WorkspaceProvider>
        <ShellProvider rights={rights} theme={theme}>
          <TopBar
            person={{ name: actor.name, roles: actor.roles }}
            demo={actor.authentication.method === "demo"}
            theme={theme}
            bell={unread !== null && <NoticesBell unread={unread} />}
          >
            <Suspense>
              <QueueTabs />
            </Suspense>
            <NavLinks />
          </TopBar>
          <main id="main" tabIndex={-1} className="outline-none">
            {children}
          </main>
          {unread !== null && (
            <>
              <TitleBadge />
              <NotifyBrowser unread={unread} />
            </>
          )}
        </ShellProvider>
      </WorkspaceProvider>
    </ToastProvider>
  );
}
