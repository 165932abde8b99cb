import type { Block, User } from '@/shared/api/types';

/** What the server lets a role do with a texter; it checks again. */
export const may = {
  write: ({ role }: User) => role === 'responder' || role === 'supervisor',
  block: ({ role }: User) => role === 'responder' || role === 'supervisor',
  approve: ({ id, role }: User, block: Block) => (role === 'supervisor' || role === 'admin') && block.askedBy !== id,
  join: ({ role, affiliateId }: User) => role === 'admin' && affiliateId != null,
  search: ({ role, affiliateId }: User) => (role === 'supervisor' || role === 'admin') && affiliateId != null,
};

/** Where a block stands. One that has run out is none. */
export function blockState(block: Block | null | undefined, now: Date): 'none' | 'waiting' | 'in_force' {
  if (block == null) return 'none';
  if (block.until != null && Date.parse(block.until) <= now.getTime()) return 'none';
  return block.inForce ? 'in_force' : 'waiting';
}
