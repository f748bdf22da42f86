package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.image.decode.ImageFolder;
import dev.picasso.run.FileHash;
import dev.picasso.run.RecordedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of an earlier run as they lie now.
 *
 * @param images those that were found
 * @param files where each lies
 * @param problems a sentence for each that is missing, or not what it was
 */
record FoundImages(List<RecordedImage> images, List<Path> files, List<String> problems) {
  FoundImages {
    images = List.copyOf(images);
    files = List.copyOf(files);
    problems = List.copyOf(problems);
  }

  /**
   * Looks for images: in the folder that is given, by content, else by name; else where they lay.
   *
   * @param results the folder that paths are seen from
   * @throws PicassoException if the given folder cannot be read
   */
  static FoundImages of(Path results, Optional<Path> given, List<RecordedImage> recorded) {
    Map<String, Path> byHash = new LinkedHashMap<>();
    Map<String, Path> byName = new LinkedHashMap<>();
    for (Path file : given.map(FoundImages::listed).orElse(List.of())) {
      byHash.putIfAbsent(FileHash.of(file), file);
      byName.putIfAbsent(nameOf(file.toString()), file);
    }
    List<RecordedImage> images = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (RecordedImage image : recorded) {
      Optional<Path> file =
          given.isEmpty()
              ? Optional.of(RecordedPath.in(results, image.file().orElse(image.name())))
              : image
                  .sha256()
                  .map(byHash::get)
                  .or(() -> Optional.ofNullable(byName.get(nameOf(image.name()))));
      if (file.filter(Files::isRegularFile).isEmpty()) {
        problems.add(
            image.name()
                + ": is not there any more; say with --images in which folder the images are.");
        continue;
      }
      changed(image, file.get()).ifPresent(problems::add);
      images.add(image);
      files.add(file.get());
    }
    return new FoundImages(images, files, problems);
  }

  private static Optional<String> changed(RecordedImage image, Path file) {
    if (image.sha256().isEmpty()) {
      return Optional.of(image.name() + ": the results do not say which bytes it had.");
    }
    return image.sha256().get().equals(FileHash.of(file))
        ? Optional.empty()
        : Optional.of(file + ": is not the image that it was; its bytes are others.");
  }

  private static String nameOf(String path) {
    return path.replaceFirst(".*[/\\\\]", "");
  }

  private static List<Path> listed(Path folder) {
    try {
      return ImageFolder.read(folder).images();
    } catch (IOException e) {
      throw new PicassoException(folder + ": cannot be read: " + e.getMessage() + ".", e);
    }
  }
}
