import { ActionIcon, Tooltip } from '@mantine/core';
import { Link } from 'react-router';

import { useMe } from '@/shared/api/use-session';
import { IconSettings } from '@/shared/ui/icons';

import { texts } from './texts';

/** The way to the affiliate's own pages, for those who run it. */
export function AdminLink() {
  const { role, affiliateId } = useMe();
  if (role !== 'admin' || affiliateId == null) return null;
  return (
    <Tooltip label={texts.admin}>
      <ActionIcon component={Link} to="/admin" aria-label={texts.admin}>
        <IconSettings size={20} stroke={1.75} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
