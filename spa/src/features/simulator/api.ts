import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { addPhone, listTexts, textIn, type DemoPhone, type PhoneMessage } from '@/shared/api/demo';

const storageName = 'chat.phone';
const messagesKey = (phoneId: string) => ['phone', phoneId];

/** The pretend phone of this tab, kept so that a reload is not a new texter. */
export function usePhone() {
  const [phone, setPhone] = useState(stored);
  const renew = useMutation({
    mutationFn: addPhone,
    onSuccess: (made) => {
      sessionStorage.setItem(storageName, JSON.stringify(made));
      setPhone(made);
    },
  });
  return { phone, renew };
}

function stored(): DemoPhone | null {
  try {
    return JSON.parse(sessionStorage.getItem(storageName) ?? 'null') as DemoPhone | null;
  } catch {
    return null;
  }
}

export const phoneMessagesQuery = (phoneId: string) =>
  queryOptions({
    queryKey: messagesKey(phoneId),
    refetchInterval: 1_000,
    queryFn: ({ signal }) => listTexts(phoneId, signal),
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
    mutationFn: ({ text }: Typed) => textIn(phoneId, text),
    onSettled: () => cache.invalidateQueries({ queryKey: messagesKey(phoneId) }),
  });
}
