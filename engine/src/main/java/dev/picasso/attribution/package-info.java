/**
 * Attribution methods, and what they are made of.
 *
 * <p>An {@link dev.picasso.attribution.Attribution} is a value: a record whose components are its
 * settings. It gets an {@link dev.picasso.attribution.Explainer}, which runs a model and whatever
 * is derived from it; {@link dev.picasso.attribution.Images}, with a row for each question; and a
 * {@link dev.picasso.attribution.Target} for each row. It gives {@link
 * dev.picasso.attribution.Maps}: numbers as they were computed, with the frame in which they lie.
 *
 * <pre>{@code
 * Model model = ModelLoader.standard().load(ModelRequest.of(Path.of("model.onnx")));
 * try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
 *   Images images = Images.of(x); // [N, …] as the model is fed
 *   List<Target> targets = Collections.nCopies(images.size(), Target.ofClass(3));
 *   Maps maps = new GradCam().explain(explainer, images, targets, Progress.NONE);
 *   float[] numbers = maps.values().floats(); // [N, h, w], in the layer's frame
 * }
 * }</pre>
 *
 * <p>A method is written in one of three ways.
 *
 * <ul>
 *   <li>Its map is a graph: a {@link dev.picasso.attribution.GraphMethod} draws it up in a {@link
 *       dev.picasso.attribution.Sketch}, which has activations, gradients and relevance of any
 *       layer. The runtime computes scores and map in one run, and {@code convert} writes them as a
 *       file.
 *   <li>It goes along a path, or hides parts: {@link dev.picasso.attribution.Questions} has the
 *       number that is explained, its probability and its gradient for any input in the place of a
 *       row's image, in pieces that fit the memory.
 *   <li>It needs another program: a {@link dev.picasso.attribution.Derived} makes a graph from the
 *       model, and {@link dev.picasso.attribution.Explainer#run} compiles it once for all who ask.
 * </ul>
 *
 * <p>What is explained is a {@link dev.picasso.attribution.Target}: a class, a difference of
 * classes, a neuron, a region of a map of classes. In one place it becomes weights over a value of
 * the graph, so that no method knows kinds of targets.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.attribution;
