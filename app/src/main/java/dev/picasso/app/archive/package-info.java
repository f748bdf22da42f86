/** Runs that are kept: a table of them, and a folder of files for each. Both outlive the server. */
@org.jspecify.annotations.NullMarked
package dev.picasso.app.archive;
