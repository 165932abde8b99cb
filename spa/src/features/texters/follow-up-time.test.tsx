import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';

import { show, signedInAs } from '@/shared/testing/show';

import { FollowUpTime } from './follow-up-time';
import type { QuietHours } from './zoned-time';

const picked = vi.fn<(at: Date | null) => void>();

function Picker({ quietHours }: { quietHours?: QuietHours }) {
  const [value, setValue] = useState<Date | null>(null);
  return (
    <FollowUpTime
      zone="America/Denver"
      zoneKnown
      value={value}
      quietHours={quietHours}
      onChange={(at) => {
        picked(at);
        setValue(at);
      }}
    />
  );
}

async function open(quietHours?: QuietHours) {
  vi.useFakeTimers({ shouldAdvanceTime: true, now: new Date('2026-03-07T20:00:00Z') });
  show(<Picker {...(quietHours && { quietHours })} />);
  await screen.findByText('In America/Denver');
}

const chosen = () => picked.mock.lastCall?.[0]?.toISOString();

beforeEach(async () => {
  picked.mockClear();
  await signedInAs();
});

test.each([
  ['Tomorrow 10:00', '2026-03-08T16:00:00.000Z'],
  ['In 3 days', '2026-03-10T16:00:00.000Z'],
  ['In a week', '2026-03-14T16:00:00.000Z'],
])('“%s” is ten in the morning by their clock, also after it has gone forward', async (name, at) => {
  await open();
  await userEvent.click(screen.getByRole('button', { name }));

  expect(chosen()).toBe(at);
  expect(screen.getByRole('button', { name }).getAttribute('aria-pressed')).toBe('true');
  expect(screen.getByLabelText('When, by their clock')).toHaveProperty('value', expect.stringMatching(/T10:00$/));
});

test('what is typed is their time, and one’s own stands beside it', async () => {
  await open();
  fireEvent.change(screen.getByLabelText('When, by their clock'), { target: { value: '2026-03-09T17:30' } });

  expect(chosen()).toBe('2026-03-09T23:30:00.000Z');
  expect(screen.getByText(/^For you that is|^Your clocks show the same/)).toBeTruthy();
  expect(screen.queryByText(/their night/)).toBeNull();
});

test('their night is warned of', async () => {
  await open();
  fireEvent.change(screen.getByLabelText('When, by their clock'), { target: { value: '2026-03-09T22:30' } });

  expect(screen.getByText(/^That is in their night \(21:00 to 08:00\)/)).toBeTruthy();
});

test('the program’s own quiet hours say when it will be sent', async () => {
  await open({ from: '19:00', to: '09:30' });
  fireEvent.change(screen.getByLabelText('When, by their clock'), { target: { value: '2026-03-09T09:00' } });

  expect(screen.getByText(/quiet hours \(19:00 to 09:30 by their clock\): it is sent at 09:30/)).toBeTruthy();
});

test('a field that is emptied is no time', async () => {
  await open();
  await userEvent.click(screen.getByRole('button', { name: 'In a week' }));
  fireEvent.change(screen.getByLabelText('When, by their clock'), { target: { value: '' } });

  await waitFor(() => expect(picked.mock.lastCall?.[0]).toBeNull());
});
