/** The command line: each command parses its words, calls the engine, prints. */
@org.jspecify.annotations.NullMarked
package dev.picasso.app.cli;
