/** A settings record as form, schema, options and checks. */
@org.jspecify.annotations.NullMarked
package dev.picasso.visualization.settings;
