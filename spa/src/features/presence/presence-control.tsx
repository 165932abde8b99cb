import { Loader, Menu, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { presenceQuery, type PresenceStatus, useDeclarePresence } from '@/shared/api/presence';
import type { Presence } from '@/shared/api/types';
import { wordFor } from '@/shared/i18n/texts';
import { announce } from '@/shared/ui/announcer';
import { IconChevronDown } from '@/shared/ui/icons';
import { InlineError } from '@/shared/ui/states';

import classes from './presence-control.module.css';
import { texts } from './texts';

const choices: PresenceStatus[] = ['available', 'away', 'offline'];

/** Whether a responder is there: always in sight, and two keys away from being changed. */
export function PresenceControl() {
  const { data: presence } = useQuery(presenceQuery);
  const declare = useDeclarePresence();
  const status = presence === undefined ? 'unknown' : presence.status;

  function change(value: string) {
    const next = choices.find((choice) => choice === value);
    if (next === undefined) return;
    declare.mutate(next, { onSuccess: () => announce(texts.announced(texts.status[next])) });
  }

  return (
    <Menu width={280} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={classes.button} data-status={status} aria-label={presence?.declared === false ? texts.labelUnset : texts.label(wordsFor(presence))}>
          {declare.isPending ? <Loader size={10} /> : <span className={classes.dot} aria-hidden="true" />}
          <span className={classes.word}>{wordsFor(presence)}</span>
          <IconChevronDown className={classes.chevron} size={14} stroke={2} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{texts.title}</Menu.Label>
        <Menu.RadioGroup value={presence?.declared === false ? null : status} onChange={change}>
          {choices.map((choice) => (
            <Menu.RadioItem key={choice} value={choice} closeMenuOnClick>
              <span className={classes.choice} data-status={choice}>
                <span className={classes.dot} aria-hidden="true" />
                <span>
                  <span className={classes.name}>{texts.status[choice]}</span>
                  <span className={classes.meaning}>{texts.meaning[choice]}</span>
                </span>
              </span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <InlineError error={declare.error} />
      </Menu.Dropdown>
    </Menu>
  );
}

function wordsFor(presence: Presence | undefined): string {
  if (presence === undefined) return texts.unknown;
  return presence.declared ? (wordFor(texts.status, presence.status) ?? presence.status) : texts.undeclared;
}
