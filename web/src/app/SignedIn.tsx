import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, type ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { switchLanguage, useLanguage } from "@/shared/i18n/i18n";
import { ApiError } from "@/shared/api/request";
import { ME, SessionContext, useMeQuery, useSettingsQuery } from "@/shared/session/session";
import { StreamProvider } from "@/shared/stream/stream";
import { useThemeMode } from "@/shared/theme/ThemeProvider";
import { isFormOpen, onceFormsAreClosed } from "@/shared/ui/openForms";
import { ErrorState, PageSkeleton } from "@/shared/ui/states";
import { ConsentEntry, EraseDialog, NeverNote } from "@/features/privacy";
import { DuplicateWarning } from "@/features/quality";
import { CustomerNoteSlot } from "@/shared/slots/customerNote";
import { EraseSlot, type Erasing } from "@/shared/slots/erase";
import { NewCustomerSlot } from "@/shared/slots/newCustomer";
import { TimelineEntriesSlot, type Tellers } from "@/shared/slots/timelineEntries";
import { Live } from "./Live";

/** Everything below needs somebody signed in; who is not goes to the sign-in page and comes back. */
export function SignedIn({ children }: { children: ReactNode }) {
  const me = useMeQuery();
  const settings = useSettingsQuery();
  const location = useLocation();
  useSignOutWhenRefused();
  usePreferences(me.data?.language, me.data?.theme);
  const session = useMemo(
    () => (me.data && settings.data ? { me: me.data, settings: settings.data } : null),
    [me.data, settings.data],
  );
  if (me.data === null) {
    const next = location.pathname === "/" ? "" : `?next=${encodeURIComponent(location.pathname + location.search)}`;
    return <Navigate to={`/sign-in${next}`} replace />;
  }
  // What is known stays in force while asking again fails: the page, and what is typed in it, is not taken away.
  if (me.error && !me.data) return <ErrorState error={me.error} retry={() => void me.refetch()} />;
  if (settings.error && !settings.data) return <ErrorState error={settings.error} retry={() => void settings.refetch()} />;
  if (!session) return <PageSkeleton outside />;
  if (me.data?.must?.includes("second_factor") && location.pathname !== "/me/security") return <Navigate to="/me/security" replace />;
  return (
    <SessionContext value={session}>
      <StreamProvider>
        <Live />
        <Slots>{children}</Slots>
      </StreamProvider>
    </SessionContext>
  );
}

const erase = (erasing: Erasing) => <EraseDialog {...erasing} />;
const TELLERS: Tellers = { consent: (item) => <ConsentEntry item={item} /> };

/** What one capability shows inside another's pages. */
function Slots({ children }: { children: ReactNode }) {
  return (
    <NewCustomerSlot value={DuplicateWarning}>
      <EraseSlot value={erase}>
        <TimelineEntriesSlot value={TELLERS}>
          <CustomerNoteSlot value={NeverNote}>{children}</CustomerNoteSlot>
        </TimelineEntriesSlot>
      </EraseSlot>
    </NewCustomerSlot>
  );
}

/** A session that ended elsewhere shows as 401 on any request: then ask again who we are. A form that is open keeps the page until it is closed. */
function useSignOutWhenRefused(): void {
  const client = useQueryClient();
  useEffect(() => {
    const askAgain = () => void client.refetchQueries({ queryKey: ME });
    return client.getQueryCache().subscribe((event) => {
      if (event.type !== "updated" || event.action.type !== "error") return;
      const { error } = event.action;
      if (!(error instanceof ApiError && error.status === 401)) return;
      if (isFormOpen()) onceFormsAreClosed(askAgain);
      else client.setQueryData(ME, null);
    });
  }, [client]);
}

/** What the person chose on another machine holds here too. */
function usePreferences(language: "zh" | "en" | null | undefined, theme: "light" | "dark" | null | undefined): void {
  const shown = useLanguage();
  const { choice, choose } = useThemeMode();
  useEffect(() => {
    if (language && language !== shown) void switchLanguage(language);
    // Only when the stored choice changes, not when the person has just switched.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [language]);
  useEffect(() => {
    if (theme && theme !== choice) choose(theme);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [theme]);
}
