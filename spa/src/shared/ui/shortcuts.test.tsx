import userEvent from '@testing-library/user-event';
import { render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';

import { shortcutsFlag, useShortcuts } from './shortcuts';

function Page({ onTake, onBack, dialog = false }: { onTake: () => void; onBack?: () => void; dialog?: boolean }) {
  useShortcuts({ n: onTake, ...(onBack && { Escape: onBack }) });
  return (
    <>
      <input aria-label="field" />
      {dialog && <div role="dialog" aria-modal="true" />}
    </>
  );
}

test('a key does its work', async () => {
  const onTake = vi.fn();
  render(<Page onTake={onTake} />);

  await userEvent.keyboard('n');

  expect(onTake).toHaveBeenCalledOnce();
});

test('never while someone is typing', async () => {
  const onTake = vi.fn();
  render(<Page onTake={onTake} />);

  await userEvent.type(screen.getByLabelText('field'), 'no, never');

  expect(onTake).not.toHaveBeenCalled();
  expect(screen.getByLabelText('field')).toHaveProperty('value', 'no, never');
});

test.each(['{Control>}n{/Control}', '{Meta>}n{/Meta}', '{Alt>}n{/Alt}'])('the browser’s own %s is left alone', async (keys) => {
  const onTake = vi.fn();
  render(<Page onTake={onTake} />);

  await userEvent.keyboard(keys);

  expect(onTake).not.toHaveBeenCalled();
});

test('not behind a dialog', async () => {
  const onTake = vi.fn();
  render(<Page onTake={onTake} dialog />);

  await userEvent.keyboard('n');

  expect(onTake).not.toHaveBeenCalled();
});

test('single letters can be switched off, leaving Escape', async () => {
  localStorage.setItem(shortcutsFlag, 'off');
  const onTake = vi.fn();
  const onBack = vi.fn();
  render(<Page onTake={onTake} onBack={onBack} />);

  await userEvent.keyboard('n{Escape}');

  expect(onTake).not.toHaveBeenCalled();
  expect(onBack).toHaveBeenCalledOnce();
});
