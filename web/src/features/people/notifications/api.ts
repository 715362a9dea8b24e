/** Calls of /notifications, /me/notification-settings and /company-robot. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post, request } from "@/shared/api/request";
import { useFailed } from "@/shared/ui/useFailed";

type Schemas = components["schemas"];
export type Notice = Schemas["NoticeOut"];
export type NoticeSettings = Schemas["NoticeSettingsOut"];
export type NoticeSettingsChange = Schemas["NoticeSettingsIn"];
type CompanyRobot = Schemas["CompanyRobotOut"];
export type RobotKind = Schemas["CompanyRobotIn"]["robot"];

const NOTICES = ["people", "notices"] as const;
const SETTINGS = ["people", "notice-settings"] as const;
const ROBOT = ["people", "company-robot"] as const;

const page = (unread: boolean, cursor: string | null, limit: number) =>
  get<Schemas["NoticePage"]>("/notifications", { limit, cursor, unread: unread || undefined });

/** The newest few, for the bell; the news `notice` makes it old. */
export const useLatestNotices = () => useQuery({ queryKey: [...NOTICES, "latest"], queryFn: () => page(false, null, 8) });

/** Where somebody mentioned me. */
export const useMentions = () =>
  useQuery({ queryKey: [...NOTICES, "mentions"], queryFn: () => get<Schemas["NoticePage"]>("/notifications", { limit: 5, event: "mention" }) });

export const useNotices = (unread: boolean) =>
  useInfiniteQuery({
    queryKey: [...NOTICES, "list", unread],
    queryFn: ({ pageParam }) => page(unread, pageParam, 50),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export function useMarkRead() {
  const client = useQueryClient();
  const failed = useFailed();
  return useMutation({
    mutationFn: (ids: number[] | null) => post<Schemas["UnreadOut"]>("/notifications/read", { ids }),
    onSuccess: () => client.invalidateQueries({ queryKey: NOTICES }),
    onError: failed,
  });
}

export const useNoticeSettings = () => useQuery({ queryKey: SETTINGS, queryFn: () => get<NoticeSettings>("/me/notification-settings") });

export function useSaveNoticeSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: NoticeSettingsChange) => request<NoticeSettings>("PUT", "/me/notification-settings", { body: change }),
    onSuccess: (saved) => client.setQueryData(SETTINGS, saved),
  });
}

export const useTryNotices = () => useMutation({ mutationFn: () => post<void>("/me/notification-settings/test") });

export const useCompanyRobot = () => useQuery({ queryKey: ROBOT, queryFn: () => get<CompanyRobot>("/company-robot") });

export function useSaveCompanyRobot() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Schemas["CompanyRobotIn"]) => request<CompanyRobot>("PUT", "/company-robot", { body: change }),
    onSuccess: (saved) => client.setQueryData(ROBOT, saved),
  });
}
