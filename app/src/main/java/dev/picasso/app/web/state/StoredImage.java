package dev.picasso.app.web.state;

import dev.picasso.image.DecodedImage;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.run.ImageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An image that somebody uploaded, checked to be one.
 *
 * @param id made by us
 * @param number counted from 0 in its session
 * @param name what the person calls it; never a path
 * @param folder holds its files, which are named by us
 * @param width of the upright picture
 */
public record StoredImage(String id, int number, String name, Path folder, int width, int height) {
  private static final Logger LOG = LoggerFactory.getLogger(StoredImage.class);

  StoredImage withNumber(int other) {
    return new StoredImage(id, other, name, folder, width, height);
  }

  /** The file as it was uploaded. */
  public Path file() {
    return folder.resolve(id + ".image");
  }

  /** A small PNG for lists. */
  public Path thumb() {
    return folder.resolve(id + ".thumb.png");
  }

  /** A PNG for screens; made when first asked for. */
  Path view() {
    return folder.resolve(id + ".view.png");
  }

  /** Holds the true label, where one is known; beside the image, so that both stay or go. */
  private Path labelFile() {
    return folder.resolve(id + ".label.txt");
  }

  List<Path> files() {
    return List.of(file(), thumb(), view(), labelFile());
  }

  /** What the picture truly shows, where somebody said so. */
  public Optional<String> label() {
    try {
      return Optional.of(Files.readString(labelFile()));
    } catch (IOException e) {
      return Optional.empty(); // as a rule there is none
    }
  }

  /** Keeps what the picture truly shows; empty, or a blank, if that is not known any more. */
  public void keepLabel(Optional<String> label) {
    Optional<String> kept = label.map(Names::label).filter(text -> !text.isEmpty());
    try {
      if (kept.isPresent()) {
        Files.writeString(labelFile(), kept.get());
      } else {
        Files.deleteIfExists(labelFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes that its pictures take; its label, of a few letters, is not counted. */
  long bytes() {
    return Stream.of(file(), thumb(), view()).mapToLong(Folders::sizeOfFile).sum();
  }

  /** Deletes its files; what cannot be deleted yet goes with the session's folder. */
  void deleteFiles() {
    for (Path path : files()) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        LOG.debug("{} cannot be deleted yet", path, e);
      }
    }
  }

  /** The picture; a large one takes much memory, so do not keep it. */
  public DecodedImage decode(ImageDecoder decoder) {
    return decoder.decode(name, file());
  }

  /** The same for a run. */
  ImageSource source(ImageDecoder decoder) {
    return ImageSource.of(name, file(), decoder);
  }
}
