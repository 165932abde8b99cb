import { useHasNews } from '@/features/conversations/my-conversations';
import { useOfferArrivals } from '@/features/conversations/offers-list';
import { chimeIfWanted, useArrivals } from '@/features/queue/use-arrivals';
import { useMe } from '@/shared/api/use-session';
import { useBadgedTitle } from '@/shared/ui/use-title';

/** Keeps the tab's title telling what waits, also while another tab is in front. */
export function DeskTitle({ openId }: { openId: string | undefined }) {
  const me = useMe();
  const waiting = useArrivals();
  const hasNews = useHasNews(me.id, openId);
  const offers = useOfferArrivals(chimeIfWanted, me.role === 'responder');
  useBadgedTitle(waiting, hasNews || offers > 0);
  return null;
}
