import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core';

import { IconDeviceDesktop, IconMoon, IconSun } from '@/shared/ui/icons';

import { texts } from './texts';

const icons = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop };
const following = { auto: 'light', light: 'dark', dark: 'auto' } as const;

/** Goes round: the system's choice, light, dark. */
export function ThemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = icons[colorScheme];
  const label = texts.themeLabel(texts.theme[colorScheme]);

  return (
    <Tooltip label={texts.theme[colorScheme]}>
      <ActionIcon aria-label={label} onClick={() => setColorScheme(following[colorScheme])}>
        <Icon size={20} stroke={1.75} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
