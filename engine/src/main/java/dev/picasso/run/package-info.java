/**
 * From images to results: one way, for the command line, the web page and programs.
 *
 * <p>{@link Picasso} is the front door: it opens a model as a person would and explains one image.
 *
 * <pre>{@code
 * try (Picasso picasso = Picasso.open(Path.of("model.h5"))) {
 *   Explanation explanation = picasso.explain(Path.of("photo.jpg"), new GradCam());
 *   ImageIO.write(explanation.overlay(0), "png", new File("map.png"));
 * }
 * }</pre>
 *
 * <p>Behind it, {@link Explaining} reads, prepares and explains images one after the other, and
 * gives each one's results to a {@link Sink} before it touches the next. Nothing else keeps them; a
 * sink writes, sends or compares. What is wrong with one image is told to the sink, and the others
 * go on.
 *
 * <p>{@link Provenance} says where results come from, {@link Changes} what is not as it was then,
 * and {@link Comparison} whether they came out the same. {@link ResultsWriter} and {@link
 * ResultsReader} take {@code results.json} apart image by image, so that none of this grows with
 * their number.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.run;
