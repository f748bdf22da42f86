/** From images to results: one way, for the command line, the web page and programs. */
@org.jspecify.annotations.NullMarked
package dev.picasso.run;
