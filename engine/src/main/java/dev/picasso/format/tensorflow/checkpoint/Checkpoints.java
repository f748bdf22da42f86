package dev.picasso.format.tensorflow.checkpoint;

import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds and opens checkpoints. One is called by its prefix X, a path inside the model's folder: of
 * the second format are {@code X.index} and {@code X.data-…}, of the first {@code X} itself or
 * {@code X-00000-of-00002} and so on.
 */
public final class Checkpoints {
  /** The file in which TensorFlow notes the checkpoints of a folder, the newest first. */
  public static final String STATE = "checkpoint";

  private static final Pattern PATH =
      Pattern.compile("^\\s*model_checkpoint_path\\s*:\\s*([\"'])(.*?)\\1\\s*$", Pattern.MULTILINE);
  private static final Pattern SHARD = Pattern.compile("(.+)-(\\d{5})-of-(\\d{5})");
  private static final Pattern DATA = Pattern.compile("(.+)\\.data-\\d{5}-of-\\d{5}");
  private static final Pattern STEP = Pattern.compile(".*-(\\d{1,18})");
  private static final int LONGEST_STATE = 16 << 20;

  private Checkpoints() {}

  /** A checkpoint that was chosen, and why, a sentence each. */
  public record Found(String prefix, List<String> notes) {
    public Found {
      notes = List.copyOf(notes);
    }
  }

  /** Whether such a checkpoint lies in the folder, of either format. */
  public static boolean exist(ModelFolder folder, String prefix) {
    return folder.find(prefix + ".index").isPresent() || !firstFormat(folder, prefix).isEmpty();
  }

  /**
   * Opens a checkpoint.
   *
   * @throws ModelException if there is none, its files are damaged, or some are missing
   */
  public static Variables open(ModelFolder folder, String prefix) {
    if (folder.find(prefix + ".index").isPresent()) {
      return TensorBundle.open(folder, prefix);
    }
    List<Path> tables = firstFormat(folder, prefix);
    if (tables.isEmpty()) {
      throw new ModelException(
          last(prefix)
              + ": there is no checkpoint of that name: the file "
              + last(prefix)
              + ".index is missing.");
    }
    return FirstFormat.open(tables);
  }

  /** Whether a file is a table as both formats have it, by its last bytes. */
  public static boolean isTable(Path path) {
    return SortedTable.isTable(path);
  }

  /** The prefix that a file's name belongs to, if it is an index, a shard, or a table. */
  public static String prefixOf(String fileName) {
    Matcher data = DATA.matcher(fileName);
    Matcher shard = SHARD.matcher(fileName);
    if (data.matches()) {
      return data.group(1);
    }
    if (fileName.endsWith(".index")) {
      return fileName.substring(0, fileName.length() - ".index".length());
    }
    return shard.matches() ? shard.group(1) : fileName;
  }

  /**
   * The newest checkpoint of a folder: the one its state file names; where that is missing, the one
   * of the highest step, and among equals the one written last.
   */
  public static Optional<Found> newest(ModelFolder folder) {
    List<String> notes = new ArrayList<>();
    Optional<String> named = folder.find(STATE).flatMap(Checkpoints::named);
    if (named.isPresent()) {
      if (exist(folder, named.get())) {
        return Optional.of(new Found(named.get(), List.of()));
      }
      notes.add(
          "The file "
              + STATE
              + " names "
              + named.get()
              + ", which is not there; another was taken.");
    }
    TreeSet<String> prefixes = new TreeSet<>();
    for (String name : folder.list("")) {
      if (name.endsWith(".index") || (isShardOrMeta(name) && folder.find(name).isPresent())) {
        prefixes.add(
            name.endsWith(".meta") ? name.substring(0, name.length() - 5) : prefixOf(name));
      }
    }
    List<String> present = prefixes.stream().filter(p -> exist(folder, p)).toList();
    if (present.size() > 1) {
      notes.add(
          "Of "
              + present.size()
              + " checkpoints in the folder the newest was taken, by the number of its step and"
              + " its date.");
    }
    return present.stream()
        .max(
            Comparator.comparingLong(Checkpoints::step)
                .thenComparing(p -> written(folder, p))
                .thenComparing(Comparator.naturalOrder()))
        .map(p -> new Found(p, notes));
  }

  private static boolean isShardOrMeta(String name) {
    return name.endsWith(".meta")
        || (SHARD.matcher(name).matches() && !DATA.matcher(name).matches());
  }

  /** The name in a state file. The folder in it is where the model was made, not where it is. */
  private static Optional<String> named(Path state) {
    try {
      if (Files.size(state) > LONGEST_STATE) {
        return Optional.empty();
      }
      String text = new String(Files.readAllBytes(state), StandardCharsets.UTF_8);
      Matcher matcher = PATH.matcher(text);
      return matcher.find()
          ? Optional.of(last(matcher.group(2).replace("\\\\", "/").replace('\\', '/')))
              .filter(ModelFolder::isPlain)
          : Optional.empty();
    } catch (IOException e) {
      throw new ModelException(STATE + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Path> firstFormat(ModelFolder folder, String prefix) {
    Optional<Path> single = folder.find(prefix).filter(SortedTable::isTable);
    if (single.isPresent()) {
      return List.of(single.get());
    }
    int slash = prefix.lastIndexOf('/');
    String parent = slash < 0 ? "" : prefix.substring(0, slash);
    TreeSet<String> shards = new TreeSet<>();
    int count = 0;
    for (String name : folder.list(parent)) {
      Matcher shard = SHARD.matcher(name);
      if (shard.matches() && shard.group(1).equals(last(prefix))) {
        shards.add(name);
        count = Integer.parseInt(shard.group(3));
      }
    }
    List<Path> paths = new ArrayList<>();
    for (String name : shards) {
      folder.find(slash < 0 ? name : parent + "/" + name).ifPresent(paths::add);
    }
    if (!paths.isEmpty() && paths.stream().allMatch(SortedTable::isTable)) {
      if (paths.size() != count) {
        throw new ModelException(
            last(prefix)
                + ": of the "
                + count
                + " files of this checkpoint there are only "
                + String.join(", ", shards)
                + ". Copy the others beside them.");
      }
      return paths;
    }
    return List.of();
  }

  private static long step(String prefix) {
    Matcher step = STEP.matcher(prefix);
    return step.matches() ? Long.parseLong(step.group(1)) : -1;
  }

  private static FileTime written(ModelFolder folder, String prefix) {
    try {
      Optional<Path> index = folder.find(prefix + ".index").or(() -> folder.find(prefix));
      return index.isPresent() ? Files.getLastModifiedTime(index.get()) : FileTime.fromMillis(0);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
