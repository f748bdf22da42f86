package dev.picasso.model.config;

import dev.picasso.PicassoException;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the inputs of a model hold that are not explained, such as the earlier of two pictures whose
 * change is classified.
 *
 * @param model the model, which explains the first image input that holds nothing
 * @param tensors what each other input holds: one row, or no batch at all
 * @param files where that came from
 * @param pictures the inputs among them that hold a picture, not an array
 * @param decoder reads these
 */
public record HeldInputs(
    Model model,
    Map<String, Tensor> tensors,
    Map<String, Path> files,
    Set<String> pictures,
    ImageDecoder decoder) {
  private static final byte[] ARRAY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  public HeldInputs {
    tensors = Map.copyOf(tensors);
    files = Map.copyOf(files);
    pictures = Set.copyOf(pictures);
  }

  /**
   * Reads images, or arrays in NumPy's format, into the inputs that hold them.
   *
   * @param decoder of the images
   * @throws PicassoException if there is no such input, an input holds nothing although only one
   *     can be explained, or a file does not fit
   */
  public static HeldInputs of(ConfiguredModel configured, Model model, ImageDecoder decoder) {
    Map<String, Path> files = new LinkedHashMap<>();
    configured.held().forEach((name, file) -> files.put(input(model, name).name(), file));
    Model explaining = explaining(model, files);
    List<Value> empty =
        explaining.others().stream().filter(v -> !files.containsKey(v.name())).toList();
    if (!empty.isEmpty()) {
      throw new OpenInputsException(
          fileName(model) + ": " + needs(explaining), slots(explaining, files, Set.of()));
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Set<String> pictures = new HashSet<>();
    for (Value other : explaining.others()) {
      Path file = Optional.ofNullable(files.get(other.name())).orElseThrow();
      tensors.put(other.name(), read(configured, model, other, file, decoder));
      if (!isArray(file)) {
        pictures.add(other.name());
      }
    }
    return new HeldInputs(explaining, tensors, files, pictures, decoder);
  }

  /** The same in a model that is the same but for what is said of it. */
  public HeldInputs in(Model said) {
    return new HeldInputs(said, tensors, files, pictures, decoder);
  }

  /** The model's inputs, in the order of its file. */
  public List<InputSlot> slots() {
    return slots(model, files, pictures);
  }

  /** The input that images go into; empty where the model has only one. */
  public Optional<String> ofImages() {
    return model.graph().inputs().size() > 1
        ? model.input().map(InputSpec::name)
        : Optional.empty();
  }

  /** Those of them that can be explained, so that maps lie over their pictures. */
  public List<InputSlot> explainable() {
    return slots().stream().filter(InputSlot::hasPicture).toList();
  }

  private static List<InputSlot> slots(Model model, Map<String, Path> files, Set<String> pictures) {
    String explained = model.input().map(InputSpec::name).orElse("");
    return model.graph().inputs().stream()
        .map(
            v ->
                new InputSlot(
                    v.name(),
                    v.shape().toString(),
                    InputSpec.of(model.graph(), v).isPresent(),
                    v.name().equals(explained),
                    Optional.ofNullable(files.get(v.name())),
                    v.name().equals(explained) || pictures.contains(v.name())))
        .toList();
  }

  /** What a model asks for that takes more than the image to explain, in a sentence or two. */
  public static String needs(Model model) {
    String explained = model.input().map(InputSpec::name).orElse("none");
    return "The model takes "
        + model.graph().inputs().size()
        + " inputs ("
        + names(model)
        + "), of which one is explained: "
        + explained
        + ". Say what each other one holds, with --image "
        + model.others().stream().findFirst().map(Value::name).orElse("NAME")
        + "=FILE or under held: in picasso.yaml.";
  }

  /** What is held, a sentence; none where everything is explained. */
  public List<String> notes() {
    if (files.isEmpty()) {
      return List.of();
    }
    String held =
        files.entrySet().stream()
            .map(e -> e.getKey() + " holds " + e.getValue().getFileName())
            .sorted()
            .collect(Collectors.joining(", "));
    return List.of(model.input().map(InputSpec::name).orElse("") + " is explained; " + held + ".");
  }

  private static Model explaining(Model model, Map<String, Path> files) {
    if (files.isEmpty() || model.input().filter(i -> !files.containsKey(i.name())).isPresent()) {
      return model;
    }
    return model.graph().inputs().stream()
        .filter(v -> !files.containsKey(v.name()))
        .flatMap(v -> InputSpec.of(model.graph(), v).stream())
        .findFirst()
        .map(model::explaining)
        .orElseThrow(
            () ->
                new PicassoException(
                    fileName(model)
                        + ": every input that takes images holds one; leave out that which is to be"
                        + " explained ("
                        + names(model)
                        + ")."));
  }

  /** TensorFlow writes the number of the output behind a name, or does not. */
  private static Value input(Model model, String name) {
    List<Value> inputs = model.graph().inputs();
    return inputs.stream()
        .filter(v -> v.name().equals(name) || v.name().equals(name.replaceFirst(":0$", "")))
        .findFirst()
        .orElseThrow(
            () ->
                new PicassoException(
                    fileName(model)
                        + ": has no input "
                        + name
                        + "; its inputs are "
                        + names(model)
                        + "."));
  }

  private static Tensor read(
      ConfiguredModel configured, Model model, Value input, Path file, ImageDecoder decoder) {
    if (!Files.isRegularFile(file)) {
      throw new PicassoException(
          file + ": there is no such file for the input " + input.name() + ".");
    }
    if (isArray(file)) {
      return fitted(NpyFile.read(file), input, file);
    }
    InputSpec spec =
        InputSpec.of(model.graph(), input)
            .orElseThrow(
                () ->
                    new PicassoException(
                        fileName(model)
                            + ": the input "
                            + input.name()
                            + " "
                            + input.shape()
                            + " takes no image; give it an array (.npy)."));
    return ModelInput.of(configured.preprocessing(), model.explaining(spec))
        .preprocessor()
        .apply(decoder.decode(file))
        .x();
  }

  private static boolean isArray(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(ARRAY.length), ARRAY);
    } catch (IOException e) {
      throw new PicassoException(file + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  private static Tensor fitted(Tensor x, Value input, Path file) {
    Shape one = input.shape().batchAxes() == 0 ? input.shape() : input.shape().withBatch(1);
    if (one.size() != x.size()) {
      throw new PicassoException(
          file + ": is an array " + x.shape() + "; the input " + input.name() + " is " + one + ".");
    }
    return x.reshaped(one.dims());
  }

  private static String fileName(Model model) {
    return String.valueOf(model.path().getFileName());
  }

  private static String names(Model model) {
    List<String> names = new ArrayList<>();
    model.graph().inputs().forEach(v -> names.add(v.name() + " " + v.shape()));
    return String.join(", ", names);
  }
}
