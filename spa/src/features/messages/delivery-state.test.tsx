import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';

import { show } from '@/shared/testing/show';

import { DeliveryState } from './delivery-state';

test.each([
  ['sending', null, 'Sending…'],
  ['queued', null, 'Waiting to be sent'],
  ['sent', null, 'Sent'],
  ['delivered', null, 'Delivered'],
  ['read', null, 'Read'],
  ['failed', null, 'Not delivered'],
  ['failed', '30003', 'Not delivered: the phone is off or out of reach'],
  ['failed', 'twilio.30007', 'Not delivered: the carrier has filtered it'],
  ['failed', '99999', 'Not delivered: error 99999'],
])('%s %s is told as “%s”', (status, errorCode, words) => {
  show(<DeliveryState status={status} errorCode={errorCode} />);

  expect(screen.getByText(words)).toBeTruthy();
});

test.each(['received', 'recorded'])('%s is no delivery and says nothing', (status) => {
  const { container } = show(<DeliveryState status={status} />);

  expect(container.querySelector('span')).toBeNull();
});
