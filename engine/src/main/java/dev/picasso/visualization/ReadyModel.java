package dev.picasso.visualization;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Holding;
import dev.picasso.attribution.Renamed;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.ImageException;
import dev.picasso.image.PreparedImage;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.SaidOtherwise;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.HeldInputs;
import dev.picasso.model.config.InputSlot;
import dev.picasso.model.config.ModelInput;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A configured model, loaded and ready to explain images; from several threads at once. It owns
 * native sessions: close it.
 *
 * @param configured what the configuration says of it
 * @param explainer runs it; closed with this
 * @param input how images get into it
 * @param held what its other inputs hold
 * @param options how it is run
 * @param computed the maps that were computed last
 * @param others the models beside it
 * @param inputs its other inputs, as far as they were explained; closed with this
 */
public record ReadyModel(
    ConfiguredModel configured,
    Explainer explainer,
    ModelInput input,
    HeldInputs held,
    RuntimeOptions options,
    Computed computed,
    OtherModels others,
    OtherInputs inputs)
    implements AutoCloseable {

  /**
   * Loads a model.
   *
   * @throws dev.picasso.PicassoException if it cannot be loaded or takes no images
   * @throws dev.picasso.MachineException if the device that it is to run on is not there
   */
  public static ReadyModel load(
      ConfiguredModel configured, ModelLoader loader, RuntimeOptions options) {
    return load(configured, loader, options, ImageDecoder.standard());
  }

  /**
   * Loads a model.
   *
   * @param decoder of the images that its other inputs hold
   * @throws dev.picasso.PicassoException if it cannot be loaded or takes no images
   * @throws dev.picasso.MachineException if the device that it is to run on is not there
   */
  public static ReadyModel load(
      ConfiguredModel configured,
      ModelLoader loader,
      RuntimeOptions options,
      ImageDecoder decoder) {
    options.device().require();
    HeldInputs held = HeldInputs.of(configured, loader.load(configured.request()), decoder);
    ModelInput input = ModelInput.of(configured.preprocessing(), held.model());
    Explainer explainer = new Explainer(held.model(), options, held.tensors());
    return new ReadyModel(
        configured,
        explainer,
        input,
        held,
        options,
        new Computed(),
        OtherModels.NONE,
        new OtherInputs());
  }

  /**
   * The same model, given something else or read otherwise, with all of this one that stays as it
   * is: sessions and maps where it computes the same, else what was read of its file. Each is
   * closed by itself.
   *
   * @return empty where the file has to be read again
   * @throws dev.picasso.PicassoException if it cannot be so
   */
  public Optional<ReadyModel> changed(ConfiguredModel other) {
    boolean alike =
        held.files().isEmpty()
            && other.held().isEmpty()
            && other.device().equals(configured.device());
    return alike
        ? SaidOtherwise.of(model(), configured.request(), other.request(), new Stop())
            .map(said -> changed(other, said))
        : Optional.empty();
  }

  private ReadyModel changed(ConfiguredModel other, Model said) {
    ModelInput way = ModelInput.of(other.preprocessing(), said);
    HeldInputs none = held.in(said);
    boolean same = said.layers() == model().layers();
    return new ReadyModel(
        other,
        same ? Renamed.of(explainer, said) : new Explainer(said, options, none.tensors()),
        way,
        none,
        options,
        same ? computed : new Computed(),
        others,
        new OtherInputs());
  }

  /** The same model, with others beside it. */
  public ReadyModel beside(OtherModels models) {
    return new ReadyModel(configured, explainer, input, held, options, computed, models, inputs);
  }

  /** The same, keeping none of the maps that it computes, nor using any. */
  public ReadyModel forgetting() {
    return new ReadyModel(
        configured, explainer, input, held, options, new Computed(), others, inputs);
  }

  /**
   * The same model seen from another of its inputs: that one is explained, while the one that
   * images go into holds one. Its sessions are made, and its picture is read, once for all images;
   * close what is given for each.
   *
   * @param other holds a picture
   * @param image as the model takes it: one row for the input that images go into
   * @throws dev.picasso.PicassoException if the picture cannot be read
   */
  public SeenInput explaining(InputSlot other, Tensor image) {
    OtherInputs.Opened own = inputs.get(other.name(), () -> opened(other));
    Map<String, Tensor> tensors = new HashMap<>(held.tensors());
    Map<String, Path> files = new HashMap<>(held.files());
    tensors.remove(other.name());
    files.remove(other.name());
    tensors.put(explainer.imageInput().name(), image);
    Model seen = own.explainer().model();
    ReadyModel beside =
        new ReadyModel(
            configured,
            Holding.of(own.explainer(), tensors),
            own.input(),
            new HeldInputs(seen, tensors, files, Set.of(), held.decoder()),
            options,
            new Computed(), // what it computes follows from the image that is held, too
            OtherModels.BESIDE_AN_IMAGE,
            new OtherInputs());
    return new SeenInput(beside, own.picture());
  }

  private OtherInputs.Opened opened(InputSlot slot) {
    InputSpec spec =
        InputSpec.of(model().graph(), model().graph().value(slot.name()))
            .orElseThrow(() -> new PicassoException(slot.name() + " takes no images."));
    Path file =
        slot.holds().orElseThrow(() -> new PicassoException(slot.name() + " holds nothing."));
    Model seen = model().explaining(spec);
    ModelInput way = ModelInput.of(configured.preprocessing(), seen);
    String name = String.valueOf(file.getFileName());
    ImageInput picture = prepare(held.decoder().decode(name, file), way, seen);
    return new OtherInputs.Opened(explainer.of(seen), way, picture);
  }

  public Model model() {
    return explainer.model();
  }

  /** All that was assumed or is worth knowing of the model, a sentence each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(model().notes());
    notes.addAll(input.assumed());
    notes.addAll(held.notes());
    return List.copyOf(notes);
  }

  /**
   * An image as this model takes it.
   *
   * @throws ImageException if the model cannot take an image of that shape, or the preprocessing
   *     makes what the model does not take, as a person's own class may
   */
  public ImageInput prepare(DecodedImage image) {
    return prepare(image, input, model());
  }

  private static ImageInput prepare(DecodedImage image, ModelInput way, Model model) {
    PreparedImage prepared = way.preprocessor().apply(image);
    Shape made = prepared.x().shape();
    Optional<Shape> wanted = model.input().map(InputSpec::shape);
    if (wanted.isPresent()
        && (made.rank() < 1 || !made.with(0, wanted.get().dim(0)).equals(wanted.get()))) {
      throw new ImageException(
          image.name()
              + ": the preprocessing makes "
              + made
              + " of it; the model takes "
              + wanted.get()
              + ".");
    }
    boolean fourthIsData = prepared.pixels().hasFourth();
    return new ImageInput(image.name(), fourthIsData ? image.opaque() : image, prepared);
  }

  /**
   * Settings for this model.
   *
   * @param given by name, as text; the others keep their defaults
   * @throws dev.picasso.settings.SettingException if a setting is unknown or wrong, also where it
   *     is so for this model alone
   * @throws dev.picasso.PicassoException if the visualization is not for such a model
   */
  public <S extends Record> S settings(Visualization<S> visualization, Map<String, String> given) {
    S parsed = parsed(visualization, given);
    visualization.require(model(), parsed);
    return parsed;
  }

  /**
   * Settings for this model and for classes that are asked about.
   *
   * @throws dev.picasso.settings.SettingException as without them
   * @throws dev.picasso.PicassoException if the visualization is not for such a model, or explains
   *     no such classes
   */
  public <S extends Record> S settings(
      Visualization<S> visualization, Map<String, String> given, Classes classes) {
    S parsed = settings(visualization, given);
    visualization.require(model(), parsed, classes);
    return parsed;
  }

  private static <S extends Record> S parsed(
      Visualization<S> visualization, Map<String, String> given) {
    return Schema.of(visualization.defaults()).parse(visualization.title(), given);
  }

  /** All settings by name, as text. */
  public <S extends Record> Map<String, String> texts(Visualization<S> visualization, S settings) {
    return Schema.of(visualization.defaults()).toMap(settings);
  }

  /**
   * Explains images.
   *
   * @param settings by name, as text; the others keep their defaults
   * @param top how many classes are shown for an image
   * @throws dev.picasso.settings.SettingException if a setting is unknown or wrong
   * @throws dev.picasso.StoppedException if the listener asked to stop
   */
  public <S extends Record> Results explain(
      Visualization<S> visualization,
      Map<String, String> settings,
      List<ImageInput> images,
      int top,
      Listener listener) {
    S parsed = settings(visualization, settings);
    return explain(visualization, parsed, images, Classes.top(top), listener);
  }

  /**
   * Explains images.
   *
   * @param settings checked like those given as text
   * @param classes which are shown for an image
   * @throws dev.picasso.settings.SettingException if a setting is wrong
   * @throws dev.picasso.PicassoException if there is no such class, or it explains none such
   * @throws dev.picasso.StoppedException if the listener asked to stop
   */
  public <S extends Record> Results explain(
      Visualization<S> visualization,
      S settings,
      List<ImageInput> images,
      Classes classes,
      Listener listener) {
    S checked = parsed(visualization, texts(visualization, settings));
    visualization.require(model(), checked, classes);
    return Objects.requireNonNull(
        visualization.run(context(images, classes, listener), checked), "run(…) gives null");
  }

  /**
   * What a visualization of images gets to work with.
   *
   * @throws dev.picasso.PicassoException if there is no such class
   */
  public Context context(List<ImageInput> images, Classes classes, Listener listener) {
    classes.require(model());
    return context(images, classes, listener, new Doubts());
  }

  private Context context(
      List<ImageInput> images, Classes classes, Listener listener, Doubts doubts) {
    Explainer stopped = explainer.stoppedBy(listener.stop());
    return new Context(
        stopped, input.preprocessor(), images, classes, listener, doubts, computed, others);
  }

  /** What a visualization gets to work with that looks at this model beside another. */
  Context context(List<ImageInput> images, Classes classes, Context first) {
    return context(images, classes, first.listener(), first.doubts());
  }

  @Override
  public void close() {
    inputs.close();
    explainer.close();
  }
}
