import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { backstopMs } from '@/shared/api/query-client';
import type { NotificationWishes } from '@/shared/api/types';

/** Also while another tab is in front: that is when a sound is needed. */
const watched = { refetchInterval: backstopMs, refetchIntervalInBackground: true };

export const unreadCountQuery = queryOptions({
  queryKey: [...keys.notifications, 'count'],
  ...watched,
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/notifications/unread-count', { signal }))).count,
});

/** The newest that have not been read, to tell what has just come. */
export const newestQuery = queryOptions({
  queryKey: [...keys.notifications, 'newest'],
  ...watched,
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/notifications', { params: { query: { unread: true, limit: 50 } }, signal }))).items,
});

export const allQuery = infiniteQueryOptions({
  queryKey: [...keys.notifications, 'all'],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: 30, ...(pageParam !== null && { cursor: pageParam }) };
    return bodyOf(api.GET('/api/notifications', { params: { query }, signal }));
  },
  getNextPageParam: (page) => page.nextCursor,
  select: ({ pages }) => pages.flatMap((page) => page.items),
});

/** These, or with null all of them. */
export function useMarkRead() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[] | null) => bodyOf(api.POST('/api/notifications/read', { body: ids === null ? {} : { ids } })),
    onSuccess: ({ count }) => cache.setQueryData(unreadCountQuery.queryKey, count),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.notifications }),
  });
}

export const settingsQuery = queryOptions({
  queryKey: keys.notificationSettings,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/notification-settings', { signal })),
});

export function useChangeSettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wishes: NotificationWishes) => bodyOf(api.PUT('/api/notification-settings', { body: wishes })),
    onSuccess: (settings) => cache.setQueryData(settingsQuery.queryKey, settings),
  });
}
