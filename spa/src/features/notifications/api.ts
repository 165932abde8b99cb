import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { keys } from '@/shared/api/keys';
import { changeSettings, countUnread, listNotifications, markRead, readSettings } from '@/shared/api/notifications';
import { backstopMs } from '@/shared/api/query-client';

/** Also while another tab is in front: that is when a sound is needed. */
const watched = { refetchInterval: backstopMs, refetchIntervalInBackground: true };

export const unreadCountQuery = queryOptions({
  queryKey: [...keys.notifications, 'count'],
  ...watched,
  queryFn: async ({ signal }) => (await countUnread(signal)).count,
});

/** The newest that have not been read, to tell what has just come. */
export const newestQuery = queryOptions({
  queryKey: [...keys.notifications, 'newest'],
  ...watched,
  queryFn: async ({ signal }) => (await listNotifications({ unread: true, limit: 50 }, signal)).items,
});

export const allQuery = infiniteQueryOptions({
  queryKey: [...keys.notifications, 'all'],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => listNotifications({ limit: 30, ...(pageParam !== null && { cursor: pageParam }) }, signal),
  getNextPageParam: (page) => page.nextCursor,
  select: ({ pages }) => pages.flatMap((page) => page.items),
});

/** These, or with null all of them. */
export function useMarkRead() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[] | null) => markRead(ids),
    onSuccess: ({ count }) => cache.setQueryData(unreadCountQuery.queryKey, count),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.notifications }),
  });
}

export const settingsQuery = queryOptions({
  queryKey: keys.notificationSettings,
  queryFn: ({ signal }) => readSettings(signal),
});

export function useChangeSettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: changeSettings,
    onSuccess: (settings) => cache.setQueryData(settingsQuery.queryKey, settings),
  });
}
