import type { PasswordLink } from '@/shared/api/types';
import { appointmentInFull } from '@/shared/i18n/format';
import { Copyable } from '@/shared/ui/copyable';
import page from '@/shared/ui/page.module.css';

import { texts } from './texts';

/** It is shown this once. */
export const ShownLink = ({ link }: { link: PasswordLink }) => (
  <>
    <Copyable label={texts.linkLabel} value={link.link} />
    <p className={page.notice}>{texts.linkWarning(appointmentInFull(link.expiresAt))}</p>
  </>
);
