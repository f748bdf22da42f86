package dev.picasso.run;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Attribution;
import dev.picasso.image.Prediction;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ClassProbabilities;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A model whose images can be explained: the library in one class. It is used from several threads
 * at once, and owns native memory: close it.
 *
 * <pre>{@code
 * try (Picasso picasso = Picasso.open(Path.of("model.h5"))) {
 *   Explanation explanation = picasso.explain(Path.of("photo.jpg"), new GradCam());
 *   ImageIO.write(explanation.overlay(0), "png", new File("map.png"));
 * }
 * }</pre>
 */
public final class Picasso implements AutoCloseable {
  private final ReadyModel model;
  private final Optional<Classes> classes;
  private final ExplainedInputs inputs;

  private Picasso(ReadyModel model, Optional<Classes> classes, ExplainedInputs inputs) {
    this.model = model;
    this.classes = classes;
    this.inputs = inputs;
  }

  /**
   * Opens a model: a file, a folder, a zip, or a {@code picasso.yaml}. What a picasso.yaml says of
   * a file beside it is honoured.
   *
   * @throws PicassoException if it cannot be loaded or takes no images
   */
  public static Picasso open(Path model) {
    ConfiguredModel configured = configured(model);
    return open(configured, RuntimeOptions.defaults().on(configured.device()));
  }

  /** Opens a model that runs in another way, as with fewer threads or on a graphics card. */
  public static Picasso open(Path model, RuntimeOptions options) {
    return open(configured(model), options);
  }

  private static Picasso open(ConfiguredModel configured, RuntimeOptions options) {
    return of(ReadyModel.load(configured, ModelLoader.standard(), options));
  }

  /** A model that was loaded otherwise; closing this closes it. */
  public static Picasso of(ReadyModel model) {
    return new Picasso(model, Optional.empty(), ExplainedInputs.SHOWN);
  }

  private static ConfiguredModel configured(Path path) {
    Optional<Path> named = Configuration.fileAt(path);
    if (named.isPresent()) {
      return read(named.get()).model(Optional.empty());
    }
    Path beside = path.toAbsolutePath().resolveSibling(Configuration.FILE_NAME);
    return Optional.of(beside).filter(Files::isRegularFile).stream()
        .flatMap(file -> read(file).models().stream())
        .filter(configured -> isSame(configured.request().path(), path))
        .findFirst()
        .orElseGet(() -> ConfiguredModel.of(path));
  }

  private static Configuration read(Path file) {
    return Configuration.read(file, Picasso.class.getClassLoader());
  }

  private static boolean isSame(Path a, Path b) {
    try {
      return Files.isSameFile(a, b);
    } catch (IOException e) {
      return false;
    }
  }

  /** The model itself: what is known of it, and what it takes to run it. */
  public ReadyModel model() {
    return model;
  }

  /** The same, showing so many of the most probable classes of each image. */
  public Picasso top(int count) {
    return new Picasso(model, Optional.of(Classes.top(count)), inputs);
  }

  /**
   * The same, showing these classes of every image.
   *
   * @param names labels, or numbers
   * @throws PicassoException if there is no such class
   */
  public Picasso classes(String... names) {
    List<Integer> chosen = Arrays.stream(names).map(this::index).toList();
    return new Picasso(model, Optional.of(Classes.chosen(chosen)), inputs);
  }

  /**
   * The same, explaining these inputs of a model with several, each while the others hold their
   * pictures; {@link Explanation#ofInput} has what comes of others beside an image.
   *
   * @throws PicassoException if there is no such input, or it holds no picture
   */
  public Picasso inputs(String... names) {
    ExplainedInputs asked = ExplainedInputs.named(List.of(names));
    var unused = asked.of(model.held());
    return new Picasso(model, classes, asked);
  }

  /**
   * The same, explaining how far a class is ahead of another one, in every image.
   *
   * @param name a label, or a number
   * @param against another
   * @throws PicassoException if there is no such class, both are the same, or the model has but one
   *     output
   */
  public Picasso pair(String name, String against) {
    Classes pair = Classes.pair(index(name), index(against));
    pair.require(model.model());
    return new Picasso(model, Optional.of(pair), inputs);
  }

  private int index(String name) {
    return model
        .model()
        .find(name)
        .orElseThrow(
            () -> new PicassoException(model.model().id() + ": has no class " + name + "."));
  }

  /**
   * What the model takes an image for: the classes that are shown, with their probabilities.
   *
   * @throws PicassoException if the image cannot be read
   */
  public List<Prediction> predict(Path image) {
    return explain(image, new ClassProbabilities()).predictions();
  }

  /** What the model takes a picture for. */
  public List<Prediction> predict(BufferedImage picture) {
    return explain(picture, new ClassProbabilities()).predictions();
  }

  /**
   * Explains an image by a method, whose settings are its fields.
   *
   * @throws PicassoException if the image cannot be read, or the method is not for this model
   */
  public Explanation explain(Path image, Attribution method) {
    return explain(image, Visualizations.of(method));
  }

  /** Explains a picture by a method. */
  public Explanation explain(BufferedImage picture, Attribution method) {
    return explain(picture, Visualizations.of(method));
  }

  /** Explains an image by a visualization with its usual settings. */
  public <S extends Record> Explanation explain(Path image, Visualization<S> visualization) {
    return explain(image, visualization, visualization.defaults());
  }

  /** Explains a picture by a visualization with its usual settings. */
  public <S extends Record> Explanation explain(
      BufferedImage picture, Visualization<S> visualization) {
    return explain(picture, visualization, visualization.defaults());
  }

  /** Explains an image by a visualization. */
  public <S extends Record> Explanation explain(
      Path image, Visualization<S> visualization, S settings) {
    return explain(ImageSource.of(image), visualization, settings);
  }

  /** Explains a picture by a visualization. */
  public <S extends Record> Explanation explain(
      BufferedImage picture, Visualization<S> visualization, S settings) {
    return explain(ImageSource.of("picture", picture), visualization, settings);
  }

  private <S extends Record> Explanation explain(
      ImageSource image, Visualization<S> visualization, S settings) {
    OnlyOne one = new OnlyOne();
    explaining(visualization, settings).one(0, image, one, Listener.NONE);
    return one.explanation();
  }

  /**
   * The way to explain many images, each given away before the next is touched.
   *
   * @throws PicassoException if the visualization, or one of the settings, is not for this model
   */
  public <S extends Record> Explaining<S> explaining(Visualization<S> visualization, S settings) {
    visualization.require(model.model(), settings);
    Classes shown =
        classes.orElseGet(() -> Classes.top(visualization.top().orElse(model.configured().top())));
    visualization.require(model.model(), settings, shown);
    return new Explaining<>(model, visualization, settings, shown, Faults.told(), inputs);
  }

  @Override
  public void close() {
    model.close();
  }

  /** Keeps what comes of one image. */
  private static final class OnlyOne implements Sink {
    private Optional<Explanation> explanation = Optional.empty();
    private String problem = "";

    @Override
    public void explained(Explained explained) {
      explained
          .result()
          .problem()
          .ifPresentOrElse(
              why -> problem = why, () -> explanation = Optional.of(new Explanation(explained)));
    }

    @Override
    public void failed(int index, String image, String why) {
      problem = why;
    }

    Explanation explanation() {
      return explanation.orElseThrow(() -> new PicassoException(problem));
    }
  }
}
