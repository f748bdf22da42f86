package dev.picasso.fuzz;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.Quantity;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Loads damaged models as a person's are loaded. */
final class Attempt {
  private static final long LARGEST_INPUT = 1 << 20;

  private final ModelLoader loader = ModelLoader.standard();
  private final Path folder;

  /**
   * Loads models.
   *
   * @param folder for the files; what is in it is deleted
   */
  Attempt(Path folder) {
    this.folder = folder;
  }

  /**
   * Loads a model.
   *
   * @param run whether it is run too, on zeros
   */
  Outcome load(Specimen specimen, boolean run) {
    write(specimen);
    try {
      Model model =
          loader.load(
              ModelRequest.of(
                  specimen.open().isEmpty() ? folder : folder.resolve(specimen.open())));
      if (run) {
        predict(model);
      }
      return new Outcome.Loaded();
    } catch (PicassoException e) {
      return hidden(e) ? new Outcome.Broken(e) : refused(e);
    } catch (RuntimeException | Error e) {
      return new Outcome.Broken(e);
    }
  }

  private static Outcome refused(PicassoException e) {
    String message = String.valueOf(e.getMessage());
    return message.isBlank() || message.contains("null.") || message.endsWith(": null")
        ? new Outcome.Broken(e)
        : new Outcome.Refused(message);
  }

  /** Words do not help when memory has run out on the way to them. */
  private static boolean hidden(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof OutOfMemoryError
          || t instanceof NullPointerException
          || t instanceof ClassCastException) {
        return true;
      }
    }
    return false;
  }

  private static void predict(Model model) {
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    for (Value input : model.graph().inputs()) {
      long[] dims = input.shape().dims();
      long size = 1;
      for (int i = 0; i < dims.length; i++) {
        dims[i] = Math.max(dims[i], dims[i] < 0 ? -dims[i] : 0);
        if (dims[i] > LARGEST_INPUT || size * dims[i] > LARGEST_INPUT) {
          return;
        }
        size *= dims[i];
      }
      DataType type = input.type();
      zeros.put(
          input.name(), Tensor.of(type, Shape.of(dims), Tensor.allocate(size * type.bytes())));
    }
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      Predictions predictions = explainer.predict(zeros);
      if (model.input().isPresent()) {
        int rows = (int) predictions.scores().shape().dim(0);
        Tensor x = zeros.values().iterator().next();
        explainer.gradient(x, Collections.nCopies(rows, 0), Quantity.LOGITS, Gradients.PLAIN);
      }
    }
  }

  private void write(Specimen specimen) {
    try {
      clear();
      for (var file : specimen.files().entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files are new ones each time, since the model before may still be mapped. */
  private void clear() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
