package dev.picasso.model;

import dev.picasso.format.ModelFolder;
import dev.picasso.format.labels.LabelText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files beside a model that are called as lists of class names are, by programs and by people. The
 * best comes first: the nearest, then one called after the model, then one of the usual names.
 *
 * @param name of the file as messages say it
 * @param labels what it lists
 * @param isOwn whether it is called after the model
 * @param isGuess whether its name says nothing of classes; it came with the model though
 */
record LabelsBeside(String name, List<String> labels, boolean isOwn, boolean isGuess) {
  private static final Pattern CALLED_SO =
      Pattern.compile(
          "(?i).*labels?.*\\.(txt|json|csv|tsv)|(.*[_."
              + " -])?(class(es|_?names?|_?indices|_?index|_?list|_?map|_?to_?idx)|idx_?to_?class"
              + "|index_?to_?name|id2label|names|sign_?names|synsets?(_words)?|categories|dict)([_."
              + " -].*)?\\.(txt|json|csv|tsv)|.+\\.(names|labels)|(metadata|config)\\.json");

  private static final Pattern ANY_TEXT = Pattern.compile("(?i).+\\.(txt|json|csv|tsv)");

  /** Texts that publishers put beside a model for other reasons. */
  private static final Pattern OTHER =
      Pattern.compile(
          "(?i)(readme|requirements|licen[cs]e|notice|changelog|version|model|tokenizer|vocab"
              + "|preprocessor|generation|package|keras_metadata|fingerprint)[^.]*\\..*");

  private static final Set<String> USUAL =
      Set.of("labels.txt", "label.txt", "class_names.txt", "classes.txt", "class_indices.json");

  /** Files of a model that say more of it than its classes, and need not name these. */
  private static final Set<String> GENERAL = Set.of("metadata.json", "config.json");

  /** Folders inside of what a publisher packs, for one of several forms of a model. */
  private static final Set<String> FORMS = Set.of("onnx", "tflite", "tfjs", "saved_model");

  private static final long LARGEST = 4 << 20;
  private static final int LONGEST = 300;
  private static final int MOST_FILES = 2000;
  private static final int DEEPEST = 11;

  LabelsBeside {
    labels = List.copyOf(labels);
  }

  /** The lists that lie with a model, the best first; unreadable files are noted. */
  static List<LabelsBeside> of(ModelRequest request, List<String> notes) {
    Path model = request.path().toAbsolutePath().normalize();
    String stem = ModelRequest.of(model).id().toLowerCase(Locale.ROOT);
    Path beside = model.resolveSibling("").normalize();
    List<LabelsBeside> found = new ArrayList<>();
    for (Path folder : folders(model, request.within())) {
      int depth = request.within().isPresent() ? DEEPEST : 1;
      files(folder, depth).stream()
          .filter(f -> !f.equals(model))
          .sorted(Comparator.comparing((Path f) -> rank(f, stem)).thenComparing(Path::toString))
          .forEach(f -> read(f, folder, beside, stem, notes).ifPresent(found::add));
    }
    return found;
  }

  private static List<Path> folders(Path model, Optional<Path> within) {
    if (within.isPresent()) {
      return List.of(within.get());
    }
    Path folder = model.resolveSibling("").normalize();
    if (Files.isDirectory(model)) {
      return List.of(model, folder);
    }
    List<Path> folders = new ArrayList<>(List.of(folder));
    boolean packed =
        FORMS.contains(ModelFolder.nameOf(folder).toLowerCase(Locale.ROOT))
            || ModelFolder.nameOf(model).startsWith("saved_model.");
    if (packed) {
      folders.add(folder.resolveSibling("").normalize());
    }
    if (Files.isSymbolicLink(model)) {
      target(model).ifPresent(folders::add);
    }
    return folders;
  }

  private static Optional<Path> target(Path link) {
    try {
      return Optional.of(link.toRealPath().resolveSibling(""));
    } catch (IOException e) {
      return Optional.empty(); // it leads nowhere
    }
  }

  /** Files that are called so, in a folder and those inside of it to a depth. */
  private static List<Path> files(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .limit(MOST_FILES)
          .filter(f -> isCalledSo(f) || (depth == DEEPEST && mayList(f)))
          .filter(f -> !isAsset(f) && Files.isRegularFile(f))
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of(); // a folder that may not be listed has nothing to offer
    }
  }

  private static boolean isCalledSo(Path file) {
    return CALLED_SO.matcher(ModelFolder.nameOf(file)).matches();
  }

  /** Whether a text that came with a model may list its classes, whatever it is called. */
  private static boolean mayList(Path file) {
    String name = ModelFolder.nameOf(file);
    return ANY_TEXT.matcher(name).matches() && !OTHER.matcher(name).matches();
  }

  /** What a SavedModel reads itself. */
  private static boolean isAsset(Path file) {
    return ModelFolder.of(file).name().startsWith("assets");
  }

  /** Low numbers first. */
  private static int rank(Path file, String stem) {
    String name = ModelFolder.nameOf(file).toLowerCase(Locale.ROOT);
    int kind =
        name.startsWith(stem)
            ? 0
            : USUAL.contains(name) ? 1 : GENERAL.contains(name) ? 3 : isCalledSo(file) ? 2 : 4;
    return 10 * file.getNameCount() + kind;
  }

  private static Optional<LabelsBeside> read(
      Path file, Path folder, Path beside, String stem, List<String> notes) {
    Path from = file.startsWith(beside) ? beside : folder;
    String name = from.relativize(file).toString().replace('\\', '/');
    String own = ModelFolder.nameOf(file).toLowerCase(Locale.ROOT);
    try {
      List<String> labels =
          Files.size(file) > LARGEST ? List.of() : LabelText.read(Files.readAllBytes(file));
      return labels.isEmpty() || labels.stream().anyMatch(LabelsBeside::isNoName)
          ? Optional.empty()
          : Optional.of(
              new LabelsBeside(
                  name, labels, own.startsWith(stem) && !GENERAL.contains(own), !isCalledSo(file)));
    } catch (CharacterCodingException e) {
      notes.add("The file " + name + " beside the model is no text in UTF-8; it is left out.");
    } catch (IOException e) {
      notes.add("The file " + name + " beside the model cannot be read; it is left out.");
    }
    return Optional.empty();
  }

  /** Sentences are no names of classes; LABEL_7 is what Hugging Face writes for want of one. */
  private static boolean isNoName(String label) {
    return label.length() > LONGEST || label.matches("LABEL_\\d+");
  }
}
