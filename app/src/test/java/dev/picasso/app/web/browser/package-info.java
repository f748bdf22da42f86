/** The page in a real browser, as a person uses it; the pixels of results against the engine's. */
package dev.picasso.app.web.browser;
