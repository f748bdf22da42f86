/**
 * Checks of many images in one table: a row for each number ({@link
 * dev.picasso.belief.evaluation.Row}), kept in a file that can be gone on with ({@link
 * dev.picasso.belief.evaluation.MeasuresFile}), and what the rows say of the methods ({@link
 * dev.picasso.belief.evaluation.Evaluation}): means with intervals, and differences on the same
 * images.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.belief.evaluation;
