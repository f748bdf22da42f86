/** What lies in Keras files: topology and stored arrays, before anything is made of them. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.keras.file;
