import { useNetwork } from '@mantine/hooks';
import { useEffect, useState } from 'react';

import type { LiveStatus } from '@/shared/realtime/desk-stream';
import { announce } from '@/shared/ui/announcer';
import { IconCloudOff } from '@/shared/ui/icons';

import { texts } from '../texts';
import classes from './connection-banner.module.css';

/** A connection that comes back at once is nobody's concern. */
const patienceMs = 2_500;

export function ConnectionBanner({ live }: { live: LiveStatus }) {
  const { online } = useNetwork();
  const lost = useLasting(!online || live === 'reconnecting');
  if (!lost) return null;

  return (
    <div className={classes.banner} role="status">
      <IconCloudOff size={18} stroke={1.75} aria-hidden="true" />
      {online ? texts.reconnecting : texts.offline}
    </div>
  );
}

/** True once something has been so for a while; false as soon as it is over. */
function useLasting(now: boolean): boolean {
  const [lasting, setLasting] = useState(false);

  useEffect(() => {
    if (!now) return;
    const timer = setTimeout(() => setLasting(true), patienceMs);
    return () => {
      clearTimeout(timer);
      setLasting((was) => {
        if (was) announce(texts.backOnline);
        return false;
      });
    };
  }, [now]);

  return lasting;
}
