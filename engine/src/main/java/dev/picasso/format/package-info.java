/**
 * Importers: a model file of some framework becomes an {@link dev.picasso.format.ImportedModel}.
 * They know nothing of gradients or pictures.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.format;
