/** Results as pages for people: of a folder of results, in one file that needs nothing else. */
@org.jspecify.annotations.NullMarked
package dev.picasso.app.report;
