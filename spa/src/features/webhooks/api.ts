import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { type Tagged, tagged } from '@/shared/api/tagged';
import type { Webhook, WebhookBody, WebhookDelivery } from '@/shared/api/types';

export const webhooksQuery = infiniteQueryOptions({
  queryKey: [...keys.webhooks, 'list'],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: 50, ...(pageParam !== null && { cursor: pageParam }) };
    return bodyOf(api.GET('/api/admin/webhooks', { params: { query }, signal }));
  },
  getNextPageParam: (page) => page.nextCursor,
  select: ({ pages }) => pages.flatMap((page) => page.items),
});

const soonMs = 60_000;
const lookAgainMs = 2_000;

const isFailing = ({ status, failingSince }: Webhook) => status === 'active' && failingSince != null;

/** While it fails it may be switched off at any moment, a moment after a delivery has come back. */
export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: keys.webhook(id),
    queryFn: ({ signal }) => read(id, signal),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isFailing(data.value) ? lookAgainMs : false),
  });

/** Read once for what is changed on it: what it becomes meanwhile is not put under somebody's hands. */
export const webhookToChangeQuery = (id: string) =>
  queryOptions({ queryKey: keys.webhookToChange(id), staleTime: Infinity, gcTime: 0, queryFn: ({ signal }) => read(id, signal) });

const read = (id: string, signal: AbortSignal) => tagged(api.GET('/api/admin/webhooks/{id}', { params: { path: { id } }, signal }));

/** What it answers with holds the secret, so it is forgotten with the dialog. A lost answer may have made one all the same. */
export function useCreateWebhook() {
  const cache = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (body: WebhookBody) => bodyOf(api.POST('/api/admin/webhooks', { headers: idempotencyKey(), body })),
    onSettled: () => void cache.invalidateQueries({ queryKey: keys.webhooks }),
  });
}

export function useChangeWebhook({ value, etag }: Tagged<Webhook>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: WebhookBody) =>
      bodyOf(api.PUT('/api/admin/webhooks/{id}', { params: { path: { id: value.id }, header: { 'If-Match': etag } }, body })),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.webhooks });
      void cache.invalidateQueries({ queryKey: keys.deliveries(value.id) });
    },
  });
}

/** The answer holds the new secret. */
export function useRotateSecret(id: string) {
  const cache = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: () => bodyOf(api.POST('/api/admin/webhooks/{id}/rotate-secret', { headers: idempotencyKey(), params: { path: { id } } })),
    onSettled: () => void cache.invalidateQueries({ queryKey: keys.webhooks }),
  });
}

/** Whatever it has become meanwhile, it is to go. */
export function useRemoveWebhook(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE('/api/admin/webhooks/{id}', { params: { path: { id } } }),
    onSuccess: () => void cache.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
  });
}

export function useTestWebhook(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/api/admin/webhooks/{id}/test', { headers: idempotencyKey(), params: { path: { id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.deliveries(id) }),
  });
}

export function useReplayDelivery(webhookId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (deliveryId: string) =>
      bodyOf(api.POST('/api/admin/webhooks/{id}/deliveries/{deliveryId}/replay', { headers: idempotencyKey(), params: { path: { id: webhookId, deliveryId } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.deliveries(webhookId) }),
  });
}

/** Whether something is about to become of a delivery. */
const isUnderWay = ({ status, nextAttemptAt }: WebhookDelivery) =>
  status === 'waiting' && (nextAttemptAt == null || Date.parse(nextAttemptAt) - Date.now() < soonMs);

/** What a webhook was sent. While something is about to be called it looks again by itself. */
export const deliveriesQuery = (webhookId: string, status: string | null, isCalled: boolean) =>
  infiniteQueryOptions({
    queryKey: [...keys.deliveries(webhookId), 'log', status],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 25, ...(status !== null && { status }), ...(pageParam !== null && { cursor: pageParam }) };
      return bodyOf(api.GET('/api/admin/webhooks/{id}/deliveries', { params: { path: { id: webhookId }, query }, signal }));
    },
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
    refetchInterval: ({ state: { data } }) => (isCalled && data?.pages.some(({ items }) => items.some(isUnderWay)) === true ? lookAgainMs : false),
  });

/** What became of the last call, for the list; null when there has been none. */
export const lastDeliveryQuery = (webhookId: string) =>
  queryOptions({
    queryKey: [...keys.deliveries(webhookId), 'last'],
    queryFn: async ({ signal }) => {
      const query = { limit: 1 };
      const { items } = await bodyOf(api.GET('/api/admin/webhooks/{id}/deliveries', { params: { path: { id: webhookId }, query }, signal }));
      return items[0] ?? null;
    },
  });

/** One of the newest deliveries, until something has come of it. */
export const deliveryQuery = (webhookId: string, deliveryId: string) =>
  queryOptions({
    queryKey: [...keys.deliveries(webhookId), 'one', deliveryId],
    queryFn: async ({ signal }) => {
      const { items } = await bodyOf(api.GET('/api/admin/webhooks/{id}/deliveries', { params: { path: { id: webhookId }, query: { limit: 25 } }, signal }));
      return items.find(({ id }) => id === deliveryId) ?? null;
    },
    refetchInterval: ({ state: { data } }) => (data != null && (data.status !== 'waiting' || data.attempts > 0) ? false : lookAgainMs / 2),
  });
