const shortest = 12;

/** The rest of the rules is the server's to apply. */
export const isTooShort = (password: string) => password.length < shortest;
