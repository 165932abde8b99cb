import { wordFor } from '@/shared/i18n/texts';

import classes from './channel.module.css';
import { IconDeviceMobile, IconMail, IconMessage, IconWorld } from './icons';
import { texts } from './texts';

const icons: Record<string, typeof IconMessage | undefined> = {
  twilio: IconDeviceMobile,
  aws: IconDeviceMobile,
  email: IconMail,
  webchat: IconWorld,
};

export const channelName = (provider: string) => wordFor(texts.channel, provider) ?? provider;

/** How a texter reaches us, for a line of small text. */
export function Channel({ provider }: { provider: string }) {
  const Icon = icons[provider] ?? IconMessage;
  return (
    <span className={classes.channel}>
      <Icon size={14} stroke={1.75} aria-hidden="true" />
      {channelName(provider)}
    </span>
  );
}
