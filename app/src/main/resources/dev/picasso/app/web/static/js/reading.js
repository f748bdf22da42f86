import { themeButton } from './theme-button.js';

/** Pages that are only read. */
themeButton();
