import type { NotificationWishes } from '@/shared/api/types';

export const isNumber = (phone: string) => /^\+[1-9][0-9]{6,14}$/.test(phone);

/** As people write a number: with spaces, dashes and brackets. */
export const tidyNumber = (written: string) => written.replace(/[\s().-]/g, '');

export type PhoneTrouble = 'wrong' | 'needed' | null;

export function phoneTrouble({ phone, byText }: NotificationWishes): PhoneTrouble {
  const tidy = tidyNumber(phone ?? '');
  if (tidy === '') return byText.length > 0 ? 'needed' : null;
  return isNumber(tidy) ? null : 'wrong';
}

export const toggled = (chosen: string[], kind: string) => (chosen.includes(kind) ? chosen.filter((each) => each !== kind) : [...chosen, kind]);
