package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.run.ResultsReader;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an earlier run left in a folder: the files that its {@code results.json} lists, and those
 * that a run was writing when it was killed.
 *
 * @param files names, all of the form that results have
 */
record EarlierResults(Path folder, Set<String> files) {
  /** The file that lists the others. */
  static final String INDEX = ResultsReader.FILE_NAME;

  /** Stands for all endings that files of one image have. */
  static final String ANY = "-*";

  /**
   * Finds them.
   *
   * @param notes of a run that was killed
   * @throws PicassoException if there is a {@code results.json} of another program
   */
  static EarlierResults in(Path folder, List<String> notes) throws IOException {
    Path index = folder.resolve(INDEX);
    Set<String> files = new LinkedHashSet<>();
    if (Files.exists(index, LinkOption.NOFOLLOW_LINKS)) {
      files.addAll(
          listed(index)
              .orElseThrow(
                  () ->
                      new PicassoException(
                          index
                              + ": is not Picasso's, and so is not written over. Name another"
                              + " folder with --output.")));
    }
    Set<String> stems = new HashSet<>();
    for (String note : notes) {
      if (note.endsWith(ANY)) {
        stems.add(note.substring(0, note.length() - ANY.length()));
      } else if (note.equals(ResultsIndex.PART) || ResultFiles.NAME.matcher(note).matches()) {
        files.add(note);
      }
    }
    files.addAll(ofStems(names(folder), stems));
    return new EarlierResults(folder, files);
  }

  /** Files that nobody named one by one, without the results among them. */
  static List<Path> without(List<Path> files) {
    Map<Path, Set<String>> listed = new HashMap<>();
    return files.stream()
        .filter(
            file ->
                !listed
                    .computeIfAbsent(file.resolveSibling(INDEX), EarlierResults::listedIn)
                    .contains(String.valueOf(file.getFileName())))
        .toList();
  }

  private static Set<String> listedIn(Path index) {
    try {
      return listed(index).orElse(Set.of());
    } catch (IOException e) {
      return Set.of();
    }
  }

  private static Optional<Set<String>> listed(Path index) throws IOException {
    Set<String> files = new LinkedHashSet<>();
    return ResultsReader.read(
            index,
            image ->
                ResultJson.all(image).stream()
                    .flatMap(input -> ResultFiles.in(input).names())
                    .filter(name -> ResultFiles.NAME.matcher(name).matches())
                    .forEach(files::add))
        .map(header -> files);
  }

  /** For a run that may be killed while it deletes them. */
  List<String> toNotes() {
    return List.copyOf(files);
  }

  /**
   * Deletes them, the index first, which would otherwise tell of files that are gone.
   *
   * @param images files that stay, even where they are listed
   * @return how many there were
   */
  int delete(List<Path> images) throws IOException {
    Set<Path> kept = images.stream().flatMap(i -> real(i).stream()).collect(Collectors.toSet());
    Files.deleteIfExists(folder.resolve(INDEX));
    int deleted = 0;
    for (String name : files) {
      Path file = folder.resolve(name);
      boolean kind =
          Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(file);
      if (kind && real(file).filter(kept::contains).isEmpty()) {
        Files.delete(file);
        deleted++;
      }
    }
    return deleted;
  }

  /** Without links, and as the file system spells it. */
  private static Optional<Path> real(Path file) {
    try {
      return Optional.of(file.toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Deletes the files of one image. */
  static void deleteStem(Path folder, String stem) {
    try {
      for (String name : ofStems(names(folder), Set.of(stem))) {
        Files.deleteIfExists(folder.resolve(name));
      }
    } catch (IOException e) {
      // They are noted, and the next run deletes them.
    }
  }

  private static List<String> ofStems(Set<String> present, Set<String> stems) {
    return present.stream()
        .filter(
            name -> {
              Matcher match = ResultFiles.NAME.matcher(name);
              return match.matches() && stems.contains(match.group(1));
            })
        .toList();
  }

  /** The names of all that lies in a folder. */
  static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> String.valueOf(f.getFileName())).collect(Collectors.toSet());
    }
  }
}
