import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { api, bodyOf, idempotencyKey } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { backstopMs } from '@/shared/api/query-client';
import type { Conversation, Message, MessagePage } from '@/shared/api/types';

import type { MessageKind } from './drafts';

export const pageSize = 100;
const firstLook = 60;

/** The last messages of a conversation; earlier ones by page, backwards. A page's parameter is the sequence it starts after. */
const threadQuery = ({ id, lastSequence }: Pick<Conversation, 'id' | 'lastSequence'>) =>
  infiniteQueryOptions({
    queryKey: keys.messages(id),
    refetchInterval: backstopMs,
    initialPageParam: Math.max(0, lastSequence - firstLook),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/conversations/{id}/messages', {
          params: { path: { id }, query: { afterSequence: pageParam, limit: pageSize } },
          signal,
        }),
      ),
    getNextPageParam: (page: MessagePage) => (page.nextCursor == null ? undefined : page.items.at(-1)?.sequence),
    getPreviousPageParam: (_page, _pages, firstParam: number) => (firstParam > 0 ? Math.max(0, firstParam - pageSize) : undefined),
    select: ({ pages }) => inOrder(pages.flatMap((page) => page.items)),
  });

export function useThread(conversation: Pick<Conversation, 'id' | 'lastSequence'>) {
  const thread = useInfiniteQuery(threadQuery(conversation));
  const { hasNextPage, isFetching, fetchNextPage } = thread;

  // The newest page fills up while people write; what overflows is on the next one.
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);

  return thread;
}

/** Pages may overlap until they are next refreshed; each message is shown once. */
export function inOrder(messages: Message[]): Message[] {
  const bySequence = new Map(messages.map((message) => [message.sequence, message]));
  return [...bySequence.values()].sort((one, other) => one.sequence - other.sequence);
}

export type Outgoing = { clientMessageId: string; content: string; kind: MessageKind; writtenAt: string };

const sendKey = (conversationId: string) => ['send', conversationId];

/** Sends what is written, in the order in which it was written. */
export function useSend(conversationId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationKey: sendKey(conversationId),
    scope: { id: `send ${conversationId}` },
    // A message that could not be sent stays on the screen until it is dealt with.
    gcTime: Infinity,
    mutationFn: ({ clientMessageId, content, kind }: Outgoing) =>
      bodyOf(
        api.POST('/api/conversations/{id}/messages', {
          params: { path: { id: conversationId } },
          headers: idempotencyKey(clientMessageId),
          body: { clientMessageId, content, kind },
        }),
      ),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.messages(conversationId) });
      void cache.invalidateQueries({ queryKey: keys.conversation(conversationId) });
      void cache.invalidateQueries({ queryKey: keys.conversations });
    },
  });
}

/** By which clock and outside which hours a texter is written to, and what has been planned for them. */
export const followUpsQuery = (conversationId: string) =>
  queryOptions({
    queryKey: keys.followUps(conversationId),
    refetchInterval: backstopMs,
    queryFn: ({ signal }) => bodyOf(api.GET('/api/conversations/{id}/follow-ups', { params: { path: { id: conversationId } }, signal })),
  });

/** Agrees to write again: what is sent, when, and whether the texter said yes to it. */
export function usePlanFollowUp(conversationId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { scheduledFor: string; message: string; agreed: boolean }) =>
      bodyOf(api.POST('/api/conversations/{id}/follow-ups', { params: { path: { id: conversationId } }, headers: idempotencyKey(), body })),
    onSuccess: (conversation) => cache.setQueryData(keys.conversation(conversationId), conversation),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.conversation(conversationId) });
      void cache.invalidateQueries({ queryKey: keys.conversations });
      void cache.invalidateQueries({ queryKey: keys.timeline(conversationId) });
      void cache.invalidateQueries({ queryKey: keys.followUps(conversationId) });
    },
  });
}

/** The newest message that the screen shows; 0 while it shows none. */
export function useNewestShown(conversation: Pick<Conversation, 'id' | 'lastSequence'>): number {
  const { data } = useInfiniteQuery({ ...threadQuery(conversation), enabled: false });
  return data?.at(-1)?.sequence ?? 0;
}

export type Unconfirmed = { outgoing: Outgoing; error: unknown; failed: boolean };

/** What has been written here and is not yet among the conversation's messages. */
export function useUnconfirmed(conversationId: string, messages: Message[]): Unconfirmed[] {
  const sends = useMutationState({
    filters: { mutationKey: sendKey(conversationId) },
    select: ({ state }) => ({ outgoing: state.variables as Outgoing, error: state.error, failed: state.status === 'error' }),
  });
  const arrived = new Set(messages.map((message) => message.clientMessageId));
  return sends.filter(({ outgoing }) => !arrived.has(outgoing.clientMessageId));
}

/** Takes back a send that failed, so that it can be tried again or let go. */
export function useForgetSend(conversationId: string) {
  const sends = useQueryClient().getMutationCache();
  return (clientMessageId: string) => {
    const failed = sends
      .findAll({ mutationKey: sendKey(conversationId), status: 'error' })
      .find((mutation) => (mutation.state.variables as Outgoing).clientMessageId === clientMessageId);
    if (failed !== undefined) sends.remove(failed);
  };
}

export const compose = (content: string, kind: MessageKind): Outgoing => ({
  clientMessageId: crypto.randomUUID(),
  content,
  kind,
  writtenAt: new Date().toISOString(),
});
