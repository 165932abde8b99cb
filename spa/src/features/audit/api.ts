import { infiniteQueryOptions, keepPreviousData, useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { api, bodyOf } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { AuditVerification } from '@/shared/api/types';

export type AuditFilter = { actorId: string | null; action: string | null; subject: string | null; from: string | null; to: string | null };

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.audit, filter],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => {
      const said = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null));
      const query = { limit: 50, ...said, ...(pageParam !== null && { cursor: pageParam }) };
      return bodyOf(api.GET('/api/admin/audit', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });

export type Checkpoint = { number: number; mac: string };

/** What all calls together have found; one looks at no more than a part of a long trail. */
export function useVerify() {
  const [soFar, setSoFar] = useState(0);
  const verify = useMutation({
    gcTime: 0,
    mutationFn: async (checkpoint: Checkpoint | null) => {
      setSoFar(0);
      const earlier = checkpoint === null ? {} : { checkpointNumber: checkpoint.number, checkpointMac: checkpoint.mac };
      let checked = 0;
      for (let from: number | null = null; ; ) {
        const query: Query = from === null ? earlier : { from };
        const part: AuditVerification = await bodyOf(api.GET('/api/admin/audit/verify', { params: { query } }));
        checked += part.checked;
        setSoFar(checked);
        if (!part.intact || part.nextFrom == null) return { ...part, checked };
        from = part.nextFrom;
      }
    },
  });
  return { ...verify, soFar };
}

type Query = { from?: number; checkpointNumber?: number; checkpointMac?: string };

/** A checkpoint as it is copied from the page, or out of the log's line; null for what is neither. */
export function checkpointIn(text: string): Checkpoint | null {
  const [, number, mac] = /(?:^|[^\w-])(\d{1,15})[^\w-]+(?:\w+[^\w-]+)?([0-9a-f]{64})(?![0-9a-f])/i.exec(text) ?? [];
  return number === undefined || mac === undefined || Number(number) === 0 ? null : { number: Number(number), mac: mac.toLowerCase() };
}

export const checkpointText = ({ number, mac }: Checkpoint) => `${number} ${mac}`;
