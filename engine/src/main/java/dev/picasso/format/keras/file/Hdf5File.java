package dev.picasso.format.keras.file;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Shape;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.links.ExternalLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An HDF5 file as Keras writes them. Nothing outside of it is read: links to other files are left
 * alone. Whatever is wrong with the file comes as a {@link ModelException}.
 */
final class Hdf5File implements AutoCloseable {
  private static final int MAXIMAL_DEPTH = 64;
  private static final int MAXIMAL_NODES = 500_000;

  private final Path path;
  private final String name;
  private final long length;
  private HdfFile file;
  private int nodes;

  private Hdf5File(Path path, HdfFile file, String name, long length) {
    this.path = path;
    this.file = file;
    this.name = name;
    this.length = length;
  }

  /**
   * Opens a file.
   *
   * @param name what messages call it
   */
  static Hdf5File open(Path path, String name) {
    try {
      long length = Files.size(path);
      HdfFile file =
          guarded(name, () -> length > Integer.MAX_VALUE ? new HdfFile(path) : mapped(path));
      long told = file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
      if (told > length) {
        file.close();
        throw new ModelException(
            name
                + ": the HDF5 file is cut off: it says that it has "
                + told
                + " bytes, and has "
                + length
                + ". Copy or download it again.");
      }
      return new Hdf5File(path, file, name, length);
    } catch (IOException e) {
      throw new ModelException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The library takes lengths from the file on trust; a buffer has no more than its bytes. */
  private static HdfFile mapped(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return HdfFile.fromByteBuffer(channel.map(MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An attribute of the root that holds text. */
  Optional<String> text(String attribute) {
    return guarded(name, () -> texts(file, attribute).stream().findFirst());
  }

  /** Text attribute of the group that holds the weights, or of the root. */
  Optional<String> weightsText(String attribute) {
    return guarded(
        name,
        () -> {
          Optional<String> inside =
              file.getChildren().get("model_weights") instanceof Group g
                  ? texts(g, attribute).stream().findFirst()
                  : Optional.empty();
          return inside.or(() -> texts(file, attribute).stream().findFirst());
        });
  }

  /** All that the file holds, from the folder {@code model_weights} where there is one. */
  WeightGroup weights() {
    try {
      return all();
    } catch (ModelException e) {
      Optional<HdfFile> readable = OpaqueTypes.madeReadable(path, length);
      if (readable.isEmpty()) {
        throw e;
      }
      file.close();
      file = readable.get();
      nodes = 0;
      return all();
    }
  }

  private WeightGroup all() {
    return guarded(
        name,
        () -> {
          WeightGroup root = new WeightGroup();
          Node inner = file.getChildren().get("model_weights");
          fill(root, inner instanceof Group g ? g : file, "", 0);
          return root;
        });
  }

  private void fill(WeightGroup root, Group group, String path, int depth) {
    WeightGroup here = root.make(path);
    here.describe(
        texts(group, "layer_names"),
        texts(group, "weight_names"),
        texts(group, "name").stream().findFirst().orElse(""));
    for (var entry : group.getChildren().entrySet()) {
      nodes++;
      if (depth > MAXIMAL_DEPTH || nodes > MAXIMAL_NODES) {
        throw new ModelException(name + ": the file's folders are nested without end.");
      }
      String inner = path.isEmpty() ? entry.getKey() : path + "/" + entry.getKey();
      Node node = entry.getValue();
      if (node instanceof ExternalLink || (depth == 0 && inner.startsWith("optimizer"))) {
        continue;
      }
      if (node instanceof Group child) {
        fill(root, child, inner, depth + 1);
      } else if (node instanceof Dataset dataset) {
        root.put(inner, stored(inner, dataset));
      }
    }
  }

  private StoredArray stored(String path, Dataset dataset) {
    int[] dimensions = dataset.getDimensions();
    long[] dims = new long[dimensions.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = dimensions[i];
    }
    return new StoredArray(
        path,
        Shape.of(dims),
        () -> guarded(name, () -> Hdf5Arrays.read(name, path, dataset, length)));
  }

  /** An attribute of texts, which may be cut into parts: name, or name0, name1, …. */
  private List<String> texts(Node node, String attribute) {
    var attributes = node.getAttributes();
    List<String> texts = new ArrayList<>();
    Attribute whole = attributes.get(attribute);
    if (whole != null) {
      collect(data(whole), texts);
      return texts;
    }
    int i = 0;
    for (Attribute part = attributes.get(attribute + i);
        part != null;
        part = attributes.get(attribute + i)) {
      collect(data(part), texts);
      i++;
    }
    return texts;
  }

  private Object data(Attribute attribute) {
    if (attribute.isEmpty()) {
      return new Object[0];
    }
    long elements = 1;
    for (int dim : attribute.getDimensions()) {
      elements = Math.multiplyExact(elements, dim);
    }
    if (elements > length) {
      throw new ModelException(
          name
              + ": the HDF5 file is damaged: its attribute "
              + attribute.getName()
              + " claims "
              + elements
              + " texts.");
    }
    return Utf8Texts.of(attribute, file.getHdfBackingStorage());
  }

  private static void collect(Object data, List<String> into) {
    if (data instanceof String s) {
      into.add(s);
    } else if (data instanceof byte[] bytes) {
      into.add(new String(bytes, StandardCharsets.UTF_8));
    } else if (data != null && data.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(data); i++) {
        collect(Array.get(data, i), into);
      }
    }
  }

  /** Runs an action of the HDF5 library, which answers broken files with exceptions of any kind. */
  private static <T> T guarded(String name, Supplier<T> action) {
    try {
      return action.get();
    } catch (ModelException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new ModelException(
          name + ": the HDF5 file is damaged or cut off (" + reason(e) + ").", e);
    }
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    file.close();
  }
}
