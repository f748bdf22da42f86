package dev.picasso.image.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Folders of images. What is called like an image is taken for one, so that one that is broken is
 * told; of other files the content decides.
 */
public final class ImageFolder {
  private static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "jfif", "gif", "bmp", "tif", "tiff", "webp");

  private static final int DEEPEST = 16;
  private static final int MOST = 100_000;
  private static final int HEAD = 4096;
  private static final int MOST_TOLD = 3;

  private ImageFolder() {}

  /**
   * What a folder holds, with the folders in it.
   *
   * @param images in the order of their paths
   * @param others files that are no images, likewise; hidden ones are not among them
   */
  public record Listing(List<Path> images, List<Path> others) {
    public Listing {
      images = List.copyOf(images);
      others = List.copyOf(others);
    }

    /** As in "3 files in photos are no images: notes.txt (a text), …"; empty if all are. */
    public Optional<String> leftOut(Path folder) {
      if (others.isEmpty()) {
        return Optional.empty();
      }
      String told =
          others.stream()
              .limit(MOST_TOLD)
              .map(f -> folder.relativize(f) + what(f).map(w -> " (" + w + ")").orElse(""))
              .collect(Collectors.joining(", "));
      return Optional.of(
          (others.size() == 1 ? "1 file in " : others.size() + " files in ")
              + folder
              + (others.size() == 1
                  ? " is no image that is read: "
                  : " are no images that are read: ")
              + told
              + (others.size() > MOST_TOLD ? " and others." : "."));
    }

    private static Optional<String> what(Path file) {
      return OtherFormat.of(head(file)).map(OtherFormat::what);
    }
  }

  /** The files in a folder that are called like images, in the order of their names. */
  public static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(ImageFolder::isCalledImage).sorted().toList();
    }
  }

  /**
   * All files of a folder and the folders in it, to a depth of 16; links are followed, but not in
   * circles.
   *
   * @throws IOException if the folder cannot be read, or holds more than 100,000 files
   */
  public static Listing read(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new Visitor(folder, files));
    files.sort(Comparator.comparing(f -> folder.relativize(f)));
    var parts = files.stream().collect(Collectors.partitioningBy(ImageFolder::isImage));
    return new Listing(parts.getOrDefault(true, List.of()), parts.getOrDefault(false, List.of()));
  }

  /** Gathers files; what cannot be entered, or leads in a circle, is passed by. */
  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> files;

    Visitor(Path root, List<Path> files) {
      this.root = root;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return folder.equals(root) || !isHidden(folder)
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile() && !isHidden(file)) {
        files.add(file);
      }
      if (files.size() > MOST) {
        throw new IOException("it holds more than " + MOST + " files");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
      if (file.equals(root)) {
        throw problem;
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static boolean isImage(Path file) {
    return isCalledImage(file) || ImageFormat.of(head(file)).isPresent();
  }

  private static boolean isCalledImage(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) && !isHidden(file);
  }

  /** What systems hide, and what file managers leave. */
  private static boolean isHidden(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(".")
        || name.equals("__MACOSX")
        || name.equalsIgnoreCase("Thumbs.db")
        || name.equalsIgnoreCase("desktop.ini");
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    } catch (IOException e) {
      return new byte[0]; // no image, as far as can be seen
    }
  }
}
