/** Command line and web application: parse, call the engine, show. */
@org.jspecify.annotations.NullMarked
package dev.picasso.app;
