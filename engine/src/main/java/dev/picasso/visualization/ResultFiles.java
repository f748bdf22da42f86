package dev.picasso.visualization;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.PicassoException;
import dev.picasso.WholeFile;
import dev.picasso.attribution.Abreast;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.Drawing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that hold one image's results. This is the one description of them: whoever writes,
 * lists, sends, packs or deletes such files goes by it.
 */
public record ResultFiles(List<Entry> entries) {
  /**
   * What results are called, behind what an image gave; its first group is that. Those of another
   * input beside it have its number between, as in {@code photo@2-1.png}.
   */
  public static final Pattern NAME =
      Pattern.compile(
          Stream.concat(
                  FileRole.ofImage().map(r -> Pattern.quote(r.ending())),
                  FileRole.ofParts().map(r -> "-\\d+" + Pattern.quote(r.ending())))
              .collect(Collectors.joining("|", "([^/\\\\]+?)(?:@\\d{1,3})?(?:", ")")));

  /** So many files are in memory at once. */
  private static final int AT_ONCE = 4;

  /** So many are encoded at once: a photograph takes longer than a small network's map of it. */
  private static final int LANES = 2;

  /**
   * A file.
   *
   * @param part index of the part that it is of; empty for the image's own
   * @param name without folders
   */
  public record Entry(Optional<Integer> part, FileRole role, String name) {}

  public ResultFiles {
    entries = List.copyOf(entries);
  }

  /** Hears of files as they are written. */
  @FunctionalInterface
  public interface Watch {
    /**
     * A file is there.
     *
     * @param share of the files that are, to 1
     * @throws dev.picasso.StoppedException to stop
     */
    void written(Path file, double share);
  }

  /**
   * What the names of files of another input begin with; no image's name is cleaned to such a one.
   *
   * @param stem of the image beside it
   * @param number from 2 on
   */
  public static String ofInput(String stem, int number) {
    return ofInputs(stem) + number;
  }

  /** What the names of files of all other inputs begin with. */
  public static String ofInputs(String stem) {
    return stem + "@";
  }

  /** A file that is to be. */
  private record Planned(Entry entry, Supplier<byte[]> bytes) {}

  /**
   * Writes results, each file whole or not at all.
   *
   * @see #write(Path, String, ImageInput, ImageResult, Watch)
   */
  public static ResultFiles write(Path folder, String stem, ImageInput image, ImageResult result) {
    return write(folder, stem, image, result, (file, share) -> {});
  }

  /**
   * Writes results, part after part.
   *
   * @param folder where to; made where it does not exist
   * @param stem what all file names begin with; made by the caller, never by a stranger
   * @throws PicassoException if a file cannot be written
   */
  public static ResultFiles write(
      Path folder, String stem, ImageInput image, ImageResult result, Watch watch) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new PicassoException(folder + ": cannot be made (" + e.getMessage() + ").", e);
    }
    List<Planned> files = planned(stem, image, result);
    for (int from = 0; from < files.size(); from += AT_ONCE) {
      List<Planned> some = files.subList(from, Math.min(from + AT_ONCE, files.size()));
      List<byte[]> encoded = Abreast.all(LANES, some.stream().map(Planned::bytes).toList());
      for (int i = 0; i < some.size(); i++) {
        Path file = folder.resolve(some.get(i).entry().name());
        WholeFile.write(file, encoded.get(i));
        watch.written(file, (from + i + 1.) / files.size());
      }
    }
    return new ResultFiles(files.stream().map(Planned::entry).toList());
  }

  private static List<Planned> planned(String stem, ImageInput image, ImageResult result) {
    Drawing drawing = image.drawing();
    List<Planned> files = new ArrayList<>();
    files.add(ofImage(stem, FileRole.ORIGINAL, () -> drawing.original().png()));
    result
        .example()
        .ifPresent(e -> files.add(ofImage(stem, FileRole.EXAMPLE, () -> Canvas.of(e).png())));
    StrongParts.of(image, result, drawing)
        .ifPresent(parts -> files.add(ofImage(stem, FileRole.COCO, parts::bytes)));
    for (int i = 0; i < result.parts().size(); i++) {
      for (Part.Content content : result.parts().get(i).files(drawing)) {
        String name = stem + "-" + (i + 1) + content.role().ending();
        files.add(new Planned(new Entry(Optional.of(i), content.role(), name), content.bytes()));
      }
    }
    return files;
  }

  private static Planned ofImage(String stem, FileRole role, Supplier<byte[]> bytes) {
    return new Planned(new Entry(Optional.empty(), role, stem + role.ending()), bytes);
  }

  /**
   * The files that JSON tells of.
   *
   * @param image one image's results, as {@link ResultJson} writes them
   */
  public static ResultFiles in(JsonNode image) {
    List<Entry> entries = new ArrayList<>();
    FileRole.ofImage().forEach(role -> add(Optional.empty(), role, image, entries));
    JsonNode parts = image.path("panels");
    for (int i = 0; i < parts.size(); i++) {
      int index = i;
      FileRole.ofParts().forEach(role -> add(Optional.of(index), role, parts.path(index), entries));
    }
    return new ResultFiles(entries);
  }

  private static void add(
      Optional<Integer> part, FileRole role, JsonNode json, List<Entry> entries) {
    JsonNode name = json.path(role.key());
    if (name.isTextual()) {
      entries.add(new Entry(part, role, name.asText()));
    }
  }

  /** Those of a part; of the image itself for none. */
  public List<Entry> of(Optional<Integer> part) {
    return entries.stream().filter(e -> e.part().equals(part)).toList();
  }

  /** All names. */
  public Stream<String> names() {
    return entries.stream().map(Entry::name);
  }
}
