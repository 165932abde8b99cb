/** The longest the server takes. */
export const longestReply = 1600;
export const longestNote = 16_000;
