/** Which of several files is a model, and archives of them. */
@org.jspecify.annotations.NullMarked
package dev.picasso.model.files;
