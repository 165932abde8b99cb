import { useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';

import { useTake } from '@/features/queue/api';
import { useMe } from '@/shared/api/use-session';
import { useDeskStream } from '@/shared/realtime/use-desk-stream';
import { moveInLists } from '@/shared/ui/list-navigation';
import { useShortcuts } from '@/shared/ui/shortcuts';

import { PlatformPage } from '../platform/platform-page';
import { texts } from '../texts';
import { ConnectionBanner } from './connection-banner';
import { ConversationPane } from './conversation-pane';
import classes from './desk.module.css';
import { DeskTitle } from './desk-title';
import { Lists } from './lists';
import { NothingOpen } from './nothing-open';
import { ShortcutHelp } from './shortcut-help';
import { TopBar } from './top-bar';

export function DeskPage() {
  const me = useMe();
  return me.affiliateId == null ? <PlatformPage /> : <Desk />;
}

/** The responder's desk: who waits and who is held, the conversation, and what is known about it. */
function Desk() {
  const { conversationId } = useParams();
  const me = useMe();
  const navigate = useNavigate();
  const live = useDeskStream();
  const [helpOpen, setHelpOpen] = useState(false);
  const lists = useRef<HTMLElement>(null);
  const take = useTake((conversation) => void navigate(`/desk/${conversation.id}`));
  const canTake = me.role === 'responder';

  const move = (step: 1 | -1) => {
    if (lists.current !== null) moveInLists(lists.current, step);
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    n: () => {
      if (canTake && !take.isPending) take.mutate(null);
    },
    '?': () => setHelpOpen(true),
    Escape: () => {
      if (conversationId !== undefined) void navigate('/desk');
    },
  });

  return (
    <div className={classes.desk} data-open={conversationId !== undefined}>
      <a className={classes.skip} href="#conversation">
        {texts.skip}
      </a>
      <DeskTitle openId={conversationId} />
      <TopBar onHelp={() => setHelpOpen(true)} />
      <ConnectionBanner live={live} />
      <div className={classes.panes}>
        <Lists ref={lists} openId={conversationId} take={take} />
        {conversationId === undefined ? (
          <NothingOpen canTake={canTake} />
        ) : (
          <ConversationPane key={conversationId} id={conversationId} take={take} />
        )}
      </div>
      {helpOpen && <ShortcutHelp onClose={() => setHelpOpen(false)} />}
    </div>
  );
}
