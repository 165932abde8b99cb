import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';

import { IconArrowBackUp, IconClipboardCheck, IconDots, IconUrgent, IconUserShare, IconX } from '@/shared/ui/icons';

import type { Acts } from './acts';
import classes from './conversation-header.module.css';
import { texts } from './lifecycle-texts';

export type ConversationDialog = 'transfer' | 'return' | 'escalate' | 'resolve' | 'report' | 'follow-up' | 'close';

type Props = { acts: Acts; escalateLabel: string; /** A program that wants a report is not left without one. */ reportFirst: boolean; onOpen: (dialog: ConversationDialog) => void };

/** What can be done with the conversation: only what the server offers, the most usual in sight, the rest behind three dots. */
export function ConversationActions({ acts, escalateLabel, reportFirst, onOpen }: Props) {
  const roomy = !useMediaQuery('(max-width: 999px)');
  const ending = acts.wrapUp || acts.report;
  const closes = acts.close && !(reportFirst && acts.wrapUp);
  const inMenu = (!roomy && (acts.handOver || ending)) || acts.returnToQueue || (closes && ending);

  return (
    <div className={classes.actions}>
      {acts.handOver && roomy && (
        <Button variant="default" size="sm" aria-keyshortcuts="h" onClick={() => onOpen('transfer')}>
          {texts.handOver}
        </Button>
      )}
      {acts.escalate.length > 0 && (
        <Button
          variant="light"
          color="red"
          size="sm"
          className={classes.escalate}
          leftSection={<IconUrgent size={18} stroke={1.75} aria-hidden="true" />}
          aria-keyshortcuts="e Control+."
          onClick={() => onOpen('escalate')}
        >
          {escalateLabel}
        </Button>
      )}
      {ending && roomy && (
        <Button size="sm" aria-keyshortcuts="w" onClick={() => onOpen('report')}>
          {acts.report ? texts.report : texts.wrapUp}
        </Button>
      )}
      {closes && !ending && (
        <Button variant="default" size="sm" onClick={() => onOpen('close')}>
          {texts.close}
        </Button>
      )}
      {inMenu && (
        <Menu width={260}>
          <Menu.Target>
            <Tooltip label={texts.more}>
              <ActionIcon aria-label={texts.more}>
                <IconDots size={20} stroke={1.75} aria-hidden="true" />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            {ending && !roomy && (
              <Menu.Item leftSection={<IconClipboardCheck size={16} stroke={1.75} />} onClick={() => onOpen('report')}>
                {acts.report ? texts.report : texts.wrapUp}
              </Menu.Item>
            )}
            {acts.handOver && !roomy && (
              <Menu.Item leftSection={<IconUserShare size={16} stroke={1.75} />} onClick={() => onOpen('transfer')}>
                {texts.handOver}
              </Menu.Item>
            )}
            {acts.returnToQueue && (
              <Menu.Item leftSection={<IconArrowBackUp size={16} stroke={1.75} />} onClick={() => onOpen('return')}>
                {texts.returnToQueue}
              </Menu.Item>
            )}
            {closes && ending && (
              <Menu.Item leftSection={<IconX size={16} stroke={1.75} />} onClick={() => onOpen('close')}>
                {texts.closeMenu}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
