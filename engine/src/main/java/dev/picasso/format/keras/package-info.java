/** Keras models of every version to graphs; one handler per layer family. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.keras;
