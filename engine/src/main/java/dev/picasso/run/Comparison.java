package dev.picasso.run;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Prediction;
import dev.picasso.visualization.FileRole;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Panel;
import dev.picasso.visualization.Part;
import dev.picasso.visualization.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An image's results against those that were made before, number for number and bit for bit.
 *
 * @param compared files that were
 * @param differences a sentence for each; empty where all is equal
 */
public record Comparison(int compared, List<String> differences) {
  /**
   * Compares.
   *
   * @param folder of the earlier results
   */
  public static Comparison of(Path folder, RecordedImage before, Explained now) {
    List<String> differences =
        new ArrayList<>(differences(folder, before, now.image(), now.result()));
    int compared = before.files().size();
    for (RecordedImage other : before.others()) {
      compared += other.files().size();
      String input = other.input().orElse("");
      ofInput(folder, other, now).forEach(d -> differences.add(input + ": " + d));
    }
    if (now.others().size() > before.others().size()) {
      differences.add(
          "%d other inputs are explained now, and %d were."
              .formatted(now.others().size(), before.others().size()));
    }
    return new Comparison(compared, List.copyOf(differences));
  }

  /** The same of another input beside it; what could not be explained is equal in that. */
  private static List<String> ofInput(Path folder, RecordedImage before, Explained now) {
    Optional<OfInput> same =
        now.others().stream()
            .filter(o -> Optional.of(o.input()).equals(before.input()))
            .findFirst();
    if (same.isEmpty()) {
      return List.of("It is not explained now.");
    }
    ImageResult result = same.get().result();
    if (before.problem().isPresent() || result.problem().isPresent()) {
      return before.problem().equals(result.problem())
          ? List.of()
          : List.of(result.problem().orElse("It has results now, and had none."));
    }
    return same.get()
        .image()
        .map(image -> differences(folder, before, image, result))
        .orElse(List.of());
  }

  private static List<String> differences(
      Path folder, RecordedImage before, ImageInput image, ImageResult now) {
    List<String> differences = new ArrayList<>();
    classes(before.classes(), now.predictions()).ifPresent(differences::add);
    List<Part> parts = now.parts();
    for (ResultFiles.Entry file : before.files()) {
      Optional<Part> part = file.part().filter(i -> i < parts.size()).map(parts::get);
      if (part.isEmpty()) {
        differences.add(file.name() + " has nothing to be compared with.");
      } else {
        difference(folder.resolve(file.name()), file, part.get(), image)
            .ifPresent(differences::add);
      }
    }
    long numbers = parts.stream().filter(p -> !p.kind().equals("text")).count();
    long recorded = before.files().stream().map(ResultFiles.Entry::part).distinct().count();
    if (numbers > recorded) {
      differences.add("There are %d parts now, and were %d.".formatted(numbers, recorded));
    }
    return differences;
  }

  private static Optional<String> classes(
      List<RecordedImage.OfClass> before, List<Prediction> now) {
    if (before.size() != now.size()) {
      return Optional.of(
          "There are %d classes now, and were %d.".formatted(now.size(), before.size()));
    }
    double largest = 0;
    int differing = 0;
    for (int i = 0; i < now.size(); i++) {
      RecordedImage.OfClass was = before.get(i);
      Prediction is = now.get(i);
      if (was.index() != is.index()) {
        return Optional.of(
            "Class number %d in the order is %d now, and was %d."
                .formatted(i + 1, is.index(), was.index()));
      }
      boolean bothNone = !Double.isFinite(was.probability()) && !Double.isFinite(is.probability());
      if (!bothNone && was.probability() != is.probability()) {
        largest = larger(largest, Math.abs(was.probability() - is.probability()));
        differing++;
      }
    }
    return differing == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d probabilities differ, by %s at most."
                .formatted(differing, now.size(), number(largest)));
  }

  private static Optional<String> difference(
      Path file, ResultFiles.Entry entry, Part part, ImageInput image) {
    if (!Files.isRegularFile(file)) {
      return Optional.of(entry.name() + " is missing.");
    }
    String named = entry.name() + " (" + part.label() + ")";
    if (entry.role() == FileRole.ARRAY && part instanceof Panel panel) {
      return array(named, NpyFile.read(file), panel.map().tensor());
    }
    return part.files(image.drawing()).stream()
        .filter(content -> content.role() == entry.role())
        .findFirst()
        .map(content -> Arrays.equals(content.bytes().get(), bytes(file)))
        .filter(equal -> equal)
        .map(equal -> Optional.<String>empty())
        .orElse(Optional.of(named + " differs."));
  }

  private static Optional<String> array(String named, Tensor before, Tensor now) {
    if (!before.shape().equals(now.shape())) {
      return Optional.of("%s is %s now, and was %s.".formatted(named, now.shape(), before.shape()));
    }
    float[] was = before.floats();
    float[] is = now.floats();
    double largest = 0;
    int differing = 0;
    for (int i = 0; i < is.length; i++) {
      if (Float.floatToRawIntBits(was[i]) != Float.floatToRawIntBits(is[i])) {
        largest = larger(largest, Math.abs((double) was[i] - is[i]));
        differing++;
      }
    }
    return differing == 0
        ? Optional.empty()
        : Optional.of(
            "%s differs at %d of %d places, by %s at most."
                .formatted(named, differing, is.length, number(largest)));
  }

  /** What is no number differs the most. */
  private static double larger(double a, double b) {
    return Double.isNaN(b) ? Double.POSITIVE_INFINITY : Math.max(a, b);
  }

  private static String number(double difference) {
    return Double.isFinite(difference)
        ? Words.number(Double.parseDouble(String.format(Locale.ROOT, "%.3g", difference)))
        : "what is no number";
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new PicassoException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Whether all is equal bit for bit. */
  public boolean isEqual() {
    return differences.isEmpty();
  }
}
