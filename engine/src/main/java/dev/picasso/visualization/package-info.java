/**
 * What a person picks to see what a model does with images, and what comes out.
 *
 * <p>A {@link Visualization} is one class with a record of settings; the form of the page, the REST
 * schema, the options of the command line and the checks come from that record. It gets a {@link
 * Context} and gives an {@link ImageResult} for each image:
 *
 * <pre>{@code
 * public Results run(Context context, Settings settings) {
 *   return context.eachImage(
 *       (image, steps) -> {
 *         List<Prediction> classes = context.predict(image);
 *         List<Part> parts = new ArrayList<>();
 *         for (Prediction c : classes) {
 *           parts.add(new Verdict(c.label(), "The model gives it " + c.probability() + "."));
 *           steps.done((double) parts.size() / classes.size());
 *         }
 *         return ImageResult.of(image.name(), classes, parts);
 *       });
 * }
 * }</pre>
 *
 * <p>A result has {@link Part}s, each a column: a map ({@link Panel}), a {@link Curve}, a {@link
 * Table}, a picture ({@link Illustration}) or words ({@link Verdict}). A part says what JSON tells
 * of it and which files hold it; {@link ResultFiles} is the one list of these, for all who write,
 * send or delete them. An attribution method is a visualization without further ado ({@link
 * Visualizations#of}).
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.visualization;
