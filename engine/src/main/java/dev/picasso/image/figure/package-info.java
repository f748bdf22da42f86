/**
 * Figures for print: pictures in rows and columns with headings, colour bars and a caption, as SVG,
 * PDF and PNG.
 *
 * <p>A {@link dev.picasso.image.figure.FigureTable} says what is shown, a {@link
 * dev.picasso.image.figure.FigureStyle} how wide and how fine. {@link
 * dev.picasso.image.figure.FigureLayout} makes a {@link dev.picasso.image.figure.Figure} of both: a
 * value that has the place of each mark in millimetres. The writers only write what lies there, so
 * that all three files look alike. Nothing here knows of models.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.image.figure;
