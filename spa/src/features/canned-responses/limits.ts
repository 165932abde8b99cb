/** The longest the server takes; a reply is no longer either. */
export const longestTitle = 200;
export const longestBody = 1600;
