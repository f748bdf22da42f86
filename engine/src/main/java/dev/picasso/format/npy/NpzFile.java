package dev.picasso.format.npy;

import dev.picasso.PicassoException;
import dev.picasso.graph.Tensor;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads NumPy's .npz files: ZIP archives of arrays, as {@code numpy.savez} writes them. */
public final class NpzFile {
  private static final int HEADER = 128;
  private static final Pattern TEXT = Pattern.compile("'descr':\\s*'[<>|=][US]\\d");

  private NpzFile() {}

  /**
   * The arrays of a file by name, in the order of the file.
   *
   * @throws PicassoException if it cannot be read; the message names the file
   */
  public static Map<String, Tensor> read(Path path) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return read(path.toString(), in);
    } catch (IOException e) {
      throw new PicassoException(path + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  /** The arrays of a stream by name; arrays of text are left out. */
  public static Map<String, Tensor> read(InputStream in) {
    try {
      return read("the .npz stream", in);
    } catch (IOException e) {
      throw new PicassoException("the .npz stream cannot be read (" + e.getMessage() + ").", e);
    }
  }

  private static Map<String, Tensor> read(String name, InputStream in) throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String key = entry.getName();
      if (key.endsWith(".npy")) {
        byte[] start = zip.readNBytes(HEADER);
        if (!holdsText(start)) {
          InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), zip);
          arrays.put(
              key.substring(0, key.length() - 4), NpyFile.read(name + " (" + key + ")", whole));
        }
      }
    }
    if (arrays.isEmpty()) {
      throw new PicassoException(name + ": holds no NumPy arrays; write it with numpy.savez.");
    }
    return Collections.unmodifiableMap(arrays);
  }

  /** Whether an array holds characters; notes beside the numbers are left out. */
  private static boolean holdsText(byte[] start) {
    String header = new String(start, StandardCharsets.ISO_8859_1);
    return TEXT.matcher(header).find();
  }
}
