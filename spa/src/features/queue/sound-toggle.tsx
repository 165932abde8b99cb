import { ActionIcon, Tooltip } from '@mantine/core';

import { chime } from '@/shared/ui/chime';
import { IconVolume, IconVolumeOff } from '@/shared/ui/icons';
import { useStoredFlag } from '@/shared/ui/stored-flag';

import { texts } from './texts';
import { soundFlag } from './use-arrivals';

export function SoundToggle() {
  const [on, setOn] = useStoredFlag(soundFlag, false);
  const Icon = on ? IconVolume : IconVolumeOff;

  function toggle() {
    setOn(!on);
    if (!on) chime();
  }

  return (
    <Tooltip label={on ? texts.soundOn : texts.soundOff}>
      <ActionIcon aria-label={texts.sound} aria-pressed={on} onClick={toggle}>
        <Icon size={20} stroke={1.75} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
