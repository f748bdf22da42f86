/** What a person picks: settings, results, and the extension point that finds visualizations. */
@org.jspecify.annotations.NullMarked
package dev.picasso.visualization;
