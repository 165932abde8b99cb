/** “••••••••••43” says no more than “•••43”, and does not fit a list. */
export const shortMask = (masked: string) => masked.replace(/•{4,}/g, '•••');
