package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.Picture;
import dev.picasso.image.PixelSource;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.image.draw.Canvas;
import dev.picasso.run.ImageSource;
import dev.picasso.run.ImageSource.Read;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Takes images in and makes pictures of them for the page. Few are decoded at once, since each may
 * take hundreds of megabytes.
 */
public final class ImageStore {
  private static final int THUMB = 160;
  private static final int VIEW = 1600;
  private static final int SMALL = 1024;

  /** Pixels from which on decoding leaves much memory behind. */
  private static final long LARGE = 4_000_000;

  private final ImageDecoder decoder;
  private final Thrift thrift;
  private final Semaphore decoding = new Semaphore(2);
  private final RecentImages recent = new RecentImages();

  public ImageStore(ImageDecoder decoder, Thrift thrift) {
    this.decoder = decoder;
    this.thrift = thrift;
  }

  public ImageDecoder decoder() {
    return decoder;
  }

  /** The picture; a large one takes much memory, so do not keep it. */
  public DecodedImage decode(StoredImage image) {
    return read(image, new Stop()).image();
  }

  /** The same for a run. */
  ImageSource source(StoredImage image) {
    return new ImageSource() {
      @Override
      public String name() {
        return image.name();
      }

      @Override
      public Read read(Stop stop) {
        return ImageStore.this.read(image, stop);
      }
    };
  }

  private Read read(StoredImage image, Stop stop) {
    return recent
        .find(image.id())
        .orElseGet(
            () -> {
              String name = image.name();
              Read read = Read.of(name, decoder.read(name, image.file()), decoder, stop);
              recent.keep(image.id(), read);
              return read;
            });
  }

  /** Something that puts an image's bytes into a new file. */
  @FunctionalInterface
  public interface Source {
    void writeTo(Path file) throws IOException;
  }

  /**
   * Adds an image to a session.
   *
   * @param bytes the size of the file; too large a one is not even copied
   * @throws PicassoException if it is no image that can be read, or the session is full
   */
  public StoredImage add(Session session, String given, long bytes, Source source) {
    requireSize(Names.shown(given), bytes);
    return add(session, session.reserveImage(), given, bytes, source);
  }

  /**
   * The same for an image that a run had, under the id by which its results call it. The session
   * must have none of that id.
   */
  public StoredImage addAgain(Session session, String id, String given, long bytes, Source source) {
    requireSize(Names.shown(given), bytes);
    session.reserveImage(id);
    return add(session, id, given, bytes, source);
  }

  private StoredImage add(Session session, String id, String given, long bytes, Source source) {
    String name = Names.free(given, session.names());
    Path folder = session.folder();
    StoredImage unchecked = new StoredImage(id, 0, name, folder, 1, 1);
    long taken = 0;
    try {
      session.take(bytes);
      taken = bytes;
      source.writeTo(unchecked.file());
      StoredImage image =
          guarded(
              () -> {
                DecodedImage decoded = decode(unchecked);
                write(unchecked.thumb(), shrunk(decoded, THUMB));
                return new StoredImage(id, 0, name, folder, decoded.width(), decoded.height());
              });
      taken += take(session, image.thumb());
      StoredImage kept = session.keep(image);
      if ((long) kept.width() * kept.height() > LARGE) {
        thrift.workDone(true);
      }
      return kept;
    } catch (IOException e) {
      discard(session, unchecked, taken);
      if (NoRoomException.isFullDisk(e)) {
        throw NoRoomException.diskIsFull(e);
      }
      throw new PicassoException(name + ": cannot be stored (" + e.getMessage() + ").", e);
    } catch (RuntimeException e) {
      discard(session, unchecked, taken);
      thrift.workDone(true);
      throw e;
    }
  }

  private void requireSize(String name, long bytes) {
    long limit = decoder.limits().bytes();
    if (bytes > limit) {
      throw new PicassoException(
          "%s: the file has %.1f MB; the limit for an image is %.1f MB."
              .formatted(name, bytes / 1048576., limit / 1048576.));
    }
  }

  private static long take(Session session, Path file) {
    long bytes = Folders.sizeOfFile(file);
    try {
      session.take(bytes);
    } catch (NoRoomException e) {
      delete(file);
      throw e;
    }
    return bytes;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void discard(Session session, StoredImage image, long taken) {
    session.giveUp(image.id());
    session.giveBack(taken);
    image.deleteFiles();
  }

  /** The picture as PNG, at most 1600 pixels a side. */
  public Path view(Session session, StoredImage image) {
    if (!Files.exists(image.view())) {
      guarded(
          () -> {
            if (!Files.exists(image.view())) {
              write(image.view(), shrunk(decode(image), VIEW));
              take(session, image.view());
            }
            return image;
          });
    }
    return image.view();
  }

  /** The same of an image of a kept run, which has none lying ready. */
  public byte[] view(String name, Path file) {
    return guarded(() -> Canvas.of(shrunk(decoder.decode(name, file), VIEW)).png());
  }

  /** The pixels of an image, at most 1024 a side. */
  Picture small(StoredImage image) {
    return guarded(() -> Picture.of(shrunk(decode(image), SMALL)));
  }

  /** The picture as PNG, at most 160 pixels a side. */
  public Path thumb(StoredImage image) {
    return image.thumb();
  }

  private <T> T guarded(Supplier<T> work) {
    decoding.acquireUninterruptibly();
    try {
      return work.get();
    } catch (OutOfMemoryError e) {
      throw new PicassoException("The image takes more memory than there is.", e);
    } finally {
      decoding.release();
    }
  }

  private static PixelSource shrunk(DecodedImage image, int longest) {
    double factor = (double) longest / Math.max(image.width(), image.height());
    if (factor >= 1) {
      return image;
    }
    int width = (int) Math.max(1, Math.round(image.width() * factor));
    int height = (int) Math.max(1, Math.round(image.height() * factor));
    Picture fitted = new Preprocessor(Preprocessing.of(height, width)).fit(image).pixels();
    return fitted;
  }

  /** Two requests may make the same file at once: each makes its own, and moves it there. */
  private static void write(Path file, PixelSource picture) {
    byte[] png = Canvas.of(picture).png();
    try {
      Path made = Files.createTempFile(file.getParent(), "new", ".png");
      try {
        Files.write(made, png);
        Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(made);
      }
    } catch (IOException e) {
      if (NoRoomException.isFullDisk(e)) {
        throw NoRoomException.diskIsFull(e);
      }
      throw new PicassoException("A picture cannot be stored (" + e.getMessage() + ").", e);
    }
  }
}
