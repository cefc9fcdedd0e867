import { cookies } from "next/headers";
import { type ReactNode, Suspense } from "react";
import { QueueTabs } from "@/components/inbox/queue-tabs";
import { NoticesBell } from "@/components/shell/notices-bell";
import { OrganisationLink } from "@/components/shell/organisation-link";
import { readTheme, THEME_COOKIE } from "@/components/shell/theme";
import { TopBar } from "@/components/shell/top-bar";
import { ToastProvider } from "@/components/ui/toasts";
import { WorkspaceProvider } from "@/components/workspace/workspace-provider";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { countUnread } from "@/lib/notices/count-unread";
import { listNoticesAction, markNoticesReadAction } from "./actions";

/** Everything behind sign-in. What the browser knows of the inbox lives here, so that it outlasts going from page to page. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await requirePerson();
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  const unread = may(actor, "inbox.read") ? await countUnread(await createContext(actor)) : null;
  return (
    <ToastProvider>
      <WorkspaceProvider>
        <TopBar
          person={{ name: actor.name, roles: actor.roles }}
          demo={actor.authentication.method === "demo"}
          theme={theme}
          bell={
            unread !== null && (
              <NoticesBell
                unread={unread}
                actions={{ list: listNoticesAction, markRead: markNoticesReadAction }}
              />
            )
          }
        >
          <Suspense>
            <QueueTabs />
          </Suspense>
          <OrganisationLink />
        </TopBar>
        <main id="main" tabIndex={-1} className="outline-none">
          {children}
        </main>
      </WorkspaceProvider>
    </ToastProvider>
  );
}
