import { useHasNews } from '@/features/conversations/my-conversations';
import { useArrivals } from '@/features/queue/use-arrivals';
import { useMe } from '@/shared/api/use-session';
import { useBadgedTitle } from '@/shared/ui/use-title';

/** Keeps the tab's title telling what waits, also while another tab is in front. */
export function DeskTitle({ openId }: { openId: string | undefined }) {
  const me = useMe();
  const waiting = useArrivals();
  const hasNews = useHasNews(me.id, openId);
  useBadgedTitle(waiting, hasNews);
  return null;
}
