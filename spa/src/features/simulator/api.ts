import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { bodyOf, idempotencyKey, publicApi } from '@/shared/api/client';
import type { PhoneMessage } from '@/shared/api/types';

export type Phone = { id: string; number: string };

const storageName = 'chat.phone';
const messagesKey = (phoneId: string) => ['phone', phoneId];

/** The pretend phone of this tab, kept so that a reload is not a new texter. */
export function usePhone() {
  const [phone, setPhone] = useState(stored);
  const renew = useMutation({
    mutationFn: () => bodyOf(publicApi.POST('/api/demo/phones', { headers: idempotencyKey() })),
    onSuccess: (made) => {
      sessionStorage.setItem(storageName, JSON.stringify(made));
      setPhone(made);
    },
  });
  return { phone, renew };
}

function stored(): Phone | null {
  try {
    return JSON.parse(sessionStorage.getItem(storageName) ?? 'null') as Phone | null;
  } catch {
    return null;
  }
}

export const phoneMessagesQuery = (phoneId: string) =>
  queryOptions({
    queryKey: messagesKey(phoneId),
    refetchInterval: 1_000,
    queryFn: ({ signal }) => bodyOf(publicApi.GET('/api/demo/phones/{id}/messages', { params: { path: { id: phoneId } }, signal })),
    select: ({ items }) => items,
  });

/** What is being texted, and after how many messages, which tells it from the same words said before. */
export type Typed = { text: string; after: number };

/** Whether it is still on its way, as far as the phone's screen knows. */
export const isUnderway = ({ text, after }: Typed, items: PhoneMessage[]) =>
  !items.slice(after).some((item) => item.direction === 'sent' && item.text === text);

export function useText(phoneId: string) {
  const cache = useQueryClient();
  return useMutation({
    scope: { id: `phone ${phoneId}` },
    mutationFn: async ({ text }: Typed) => {
      await publicApi.POST('/api/demo/phones/{id}/messages', { params: { path: { id: phoneId } }, body: { text } });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: messagesKey(phoneId) }),
  });
}
