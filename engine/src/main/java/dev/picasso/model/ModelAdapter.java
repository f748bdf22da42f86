package dev.picasso.model;

import dev.picasso.format.ImportedModel;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import dev.picasso.image.ImagePreprocessor;
import java.nio.file.Path;
import java.util.List;

/**
 * What must be known of a kind of models to use them as their makers do: how a picture becomes the
 * input, and how the output becomes a number for each class. It is for what no file tells and what
 * {@code picasso.yaml} has no words for. Dropped into the folder of plugins it is asked of every
 * model that is loaded; the first that is for a model, by id, is used. What a {@code picasso.yaml}
 * says of preprocessing or labels goes before it.
 *
 * <p>It has a public constructor without arguments and remembers nothing: one object serves all
 * models, from many threads.
 *
 * <pre>{@code
 * public final class PlateReader implements ModelAdapter {
 *   public String id() { return "plate-reader"; }
 *   public String title() { return "Plate reader"; }
 *   public boolean isFor(Path file, ImportedModel model) {
 *     return file.getFileName().toString().startsWith("plates");
 *   }
 *   public ImagePreprocessor input(InputSpec input) {
 *     return new Preprocessor(Preprocessing.of(input.height(), input.width()).with(Preset.CAFFE));
 *   }
 * }
 * }</pre>
 */
public interface ModelAdapter {
  /** Short and unique, as in "plate-reader". */
  String id();

  /** For people. */
  String title();

  /**
   * Whether it is for a model.
   *
   * @param file the file or folder that was opened
   * @param model its graph as it is in the file, with names and shapes of inputs and outputs
   */
  boolean isFor(Path file, ImportedModel model);

  /**
   * How a picture becomes the model's input. A {@link dev.picasso.image.Preprocessor} does what
   * most models need; pixels are covered and put back by it, so that its {@code denormalize} must
   * undo its {@code normalize}.
   *
   * @param input that takes the image
   */
  ImagePreprocessor input(InputSpec input);

  /**
   * How the model's output becomes one number for each class, [N, classes], as a part of the graph:
   * so gradients go through it and every method works. Where it ends with a softmax or a sigmoid,
   * the scores that are explained are those before it.
   *
   * @param graph to add operators to
   * @param outputs what the model gives out, in the order of its file
   * @return the first output as it is, unless an adapter says otherwise
   */
  default Value output(GraphBuilder graph, List<Value> outputs) {
    return outputs.get(0);
  }

  /** The names of the classes, in the order of their numbers; none where the file has them. */
  default List<String> labels() {
    return List.of();
  }
}
