package dev.picasso.belief;

import dev.picasso.PicassoException;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.ImageException;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.image.decode.ImageFolder;
import dev.picasso.image.segments.Annotations;
import dev.picasso.image.segments.CocoFile;
import dev.picasso.image.segments.Mask;
import dev.picasso.image.segments.MaskPicture;
import dev.picasso.image.segments.PascalXml;
import dev.picasso.visualization.ImageInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the class is in images, from files: masks as pictures, JSON of COCO, XML of Pascal VOC. A
 * folder holds any of them, which belong to images by their names; a mask or an XML by itself is
 * for every image. Where there are several for an image, the order is:
 *
 * <ol>
 *   <li>a picture that is called a mask, as {@code bird_mask.png} for {@code bird.jpg};
 *   <li>what a JSON of COCO tells of the image's file name;
 *   <li>an XML of its name;
 *   <li>a picture of its name, with any ending.
 * </ol>
 */
public final class ObjectFiles implements Objects {
  private static final Pattern CALLED_MASK =
      Pattern.compile("(?i)(.+)[ _.-](mask|seg|segmentation|object)(\\.[a-z]+)");

  private final Path path;
  private final Optional<String> category;
  private final Optional<Source> forAll;
  private final SameNames<Source> calledMasks = new SameNames<>();
  private final SameNames<Source> annotated = new SameNames<>();
  private final SameNames<Source> boxes = new SameNames<>();
  private final SameNames<Source> pictures = new SameNames<>();

  private ObjectFiles(Path path, Optional<String> category) {
    this.path = path;
    this.category = category;
    boolean many = Files.isDirectory(path) || isCalled(path, "json");
    this.forAll =
        many
            ? Optional.empty()
            : Optional.of(isCalled(path, "xml") ? new Source.Xml(path) : new Source.Picture(path));
    if (Files.isDirectory(path)) {
      readFolder();
    } else if (many) {
      put(CocoFile.read(path));
    }
  }

  /** Something that tells where things are in one picture. */
  private sealed interface Source {
    /** A picture, read when it is asked for. */
    record Picture(Path file) implements Source {}

    /** A file of Pascal VOC, likewise. */
    record Xml(Path file) implements Source {}

    /** An entry of a file of COCO. */
    record Known(Annotations annotations) implements Source {}
  }

  /**
   * What a file or a folder tells, whatever the things in it are called.
   *
   * @throws PicassoException if there is no such file, or it cannot be read
   */
  public static Objects at(Path path) {
    return at(path, Optional.empty());
  }

  /**
   * The same of the things of one category alone; masks as pictures have no categories, and are
   * taken whole.
   */
  public static Objects at(Path path, Optional<String> category) {
    if (!Files.exists(path)) {
      throw new ImageException(path + ": there is no such file or folder of masks.");
    }
    return new ObjectFiles(path, category);
  }

  private void readFolder() {
    try {
      ImageFolder.Listing files = ImageFolder.read(path);
      for (Path file : files.images()) {
        String name = path.relativize(file).toString();
        pictures.put(name, new Source.Picture(file));
        Matcher called = CALLED_MASK.matcher(name);
        if (called.matches()) {
          calledMasks.put(called.group(1) + called.group(3), new Source.Picture(file));
        }
      }
      for (Path file : files.others()) {
        if (isCalled(file, "xml")) {
          boxes.put(path.relativize(file).toString(), new Source.Xml(file));
        } else if (isCalled(file, "json")) {
          CocoFile.find(file).ifPresent(this::put);
        }
      }
    } catch (IOException e) {
      throw new ImageException(path + ": the folder cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private void put(List<CocoFile.Annotated> all) {
    all.forEach(a -> annotated.put(a.picture(), new Source.Known(a.annotations())));
  }

  private static boolean isCalled(Path file, String ending) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith("." + ending);
  }

  @Override
  public Optional<Mask> in(ImageInput image) {
    List<Source> found =
        forAll
            .map(List::of)
            .orElseGet(
                () ->
                    Stream.of(calledMasks, annotated, boxes, pictures)
                        .map(names -> names.of(image.name()))
                        .filter(sources -> !sources.isEmpty())
                        .findFirst()
                        .orElse(List.of()));
    if (found.size() > 1) {
      throw new PicassoException(
          "%s: %d masks or annotations in it could be those of %s; leave one."
              .formatted(path, found.size(), image.name()));
    }
    return found.stream().findFirst().flatMap(source -> mask(source, image));
  }

  private Optional<Mask> mask(Source source, ImageInput image) {
    if (source instanceof Source.Picture picture) {
      return Optional.of(mask(picture.file(), image));
    }
    Annotations annotations =
        source instanceof Source.Xml xml
            ? PascalXml.read(xml.file())
            : ((Source.Known) source).annotations();
    return annotations.mask(
        image.name(), image.original().width(), image.original().height(), category);
  }

  private static Mask mask(Path file, ImageInput image) {
    DecodedImage picture = ImageDecoder.standard().decode(file.toString(), file);
    if (picture.width() != image.original().width()
        || picture.height() != image.original().height()) {
      throw new ImageException(
          "The mask %s has %d × %d pixels, %s has %d × %d; both must be of one size."
              .formatted(
                  file.getFileName(),
                  picture.width(),
                  picture.height(),
                  image.name(),
                  image.original().width(),
                  image.original().height()));
    }
    return MaskPicture.read(picture);
  }
}
