import { Kbd, Modal, Switch } from '@mantine/core';

import { shortcutsFlag } from '@/shared/ui/shortcuts';
import { useStoredFlag } from '@/shared/ui/stored-flag';

import { texts } from '../texts';
import classes from './shortcut-help.module.css';

type Keys = { keys: string[]; meaning: string }[];

export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useStoredFlag(shortcutsFlag, true);
  return (
    <Modal opened onClose={onClose} title={texts.shortcuts} closeButtonProps={{ 'aria-label': texts.closeHelp }}>
      <KeyList title={texts.inLists} keys={texts.keys} />
      <KeyList title={texts.whileWriting} keys={texts.composerKeys} />
      <Switch
        label={texts.shortcutsOn}
        description={texts.shortcutsHint}
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
    </Modal>
  );
}

const KeyList = ({ title, keys }: { title: string; keys: Keys }) => (
  <section className={classes.section}>
    <h3 className={classes.title}>{title}</h3>
    <dl>
      {keys.map(({ keys: names, meaning }) => (
        <div key={meaning} className={classes.row}>
          <dt>
            {names.map((name) => (
              <Kbd key={name}>{name}</Kbd>
            ))}
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </section>
);
