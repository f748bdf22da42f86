/** Well-known models: where their publishers keep them, and how they get onto this machine. */
@org.jspecify.annotations.NullMarked
package dev.picasso.catalogue;
