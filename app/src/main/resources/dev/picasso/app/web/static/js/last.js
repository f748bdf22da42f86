/** What a person last looked at, kept in the browser: the address of it, without the page's own. */
const KEY = 'picasso-last';

/** Keeps an address, as in "/?model=m&method=saliency". */
export const remember = (address) => localStorage.setItem(KEY, address.replace(/^[^?]*/, ''));

/** The last address's choices, as they follow "/"; empty on a first visit. */
export const lastLookedAt = () => localStorage.getItem(KEY) ?? '';

export const forgetLast = () => localStorage.removeItem(KEY);
