package dev.picasso.model.foreign;

import dev.picasso.format.ModelFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells what a file is that no importer takes. Content goes before names; a name tells only what
 * has no content to be told by.
 */
public final class ForeignFiles {
  private static final List<Kind> KINDS =
      Stream.of(
              Pointers.kinds(),
              PyTorchFiles.kinds(),
              PythonFiles.kinds(),
              FrameworkFiles.kinds(),
              CompiledFiles.kinds(),
              PartFiles.kinds(),
              OtherFiles.kinds())
          .flatMap(List::stream)
          .toList();

  private ForeignFiles() {}

  /**
   * What a file or folder is.
   *
   * @param head its first bytes, at most 4096; none of a folder
   * @return empty if it is nothing that is known
   */
  public static Optional<ForeignFile> recognise(Path path, byte[] head) {
    Sample sample = Sample.of(path, head);
    return KINDS.stream()
        .filter(kind -> kind.matches().test(sample))
        .findFirst()
        .map(kind -> kind.says().apply(sample));
  }

  /** What to say of a file that is known. */
  public static Optional<String> problem(Path path, byte[] head) {
    return recognise(path, head).map(file -> file.problem(ModelFolder.nameOf(path)));
  }
}
