package dev.picasso.app.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.archive.KeptRun.Image;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * What a run that is at work has finished so far, in a file of its folder: a line says what the run
 * is, and a further one of each image which files it has, how long they are, and their checksums. A
 * line counts if it is whole and its files are as it says; so neither a kill nor a power cut has
 * anything believed that is not there.
 */
public final class Journal {
  private static final String FILE = "journal.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What files of runs are called; nothing else is looked for. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private Journal() {}

  /**
   * Begins one.
   *
   * @param folder of the run; it is there
   * @param run as it is to be listed, but for what it has finished
   * @param told what else is told of it when it has ended
   */
  public static void begin(Path folder, KeptRun run, ObjectNode told) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.set("run", json(run));
    line.set("told", told);
    write(folder, line, StandardOpenOption.CREATE_NEW);
  }

  /**
   * Notes that an image is finished.
   *
   * @param files names of all its files, which lie in the folder
   * @param problem what is told in place of its results, where something went wrong with it alone
   */
  public static void finished(
      Path folder, int index, Collection<String> files, Optional<ObjectNode> problem)
      throws IOException {
    ObjectNode line = JSON.createObjectNode().put("index", index);
    ObjectNode sums = line.putObject("files");
    for (String file : files) {
      sums.put(file, sum(folder.resolve(file)));
    }
    problem.ifPresent(told -> line.set("problem", told));
    write(folder, line, StandardOpenOption.APPEND);
  }

  private static void write(Path folder, ObjectNode line, StandardOpenOption how)
      throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    Path unused = Files.write(folder.resolve(FILE), bytes, StandardOpenOption.WRITE, how);
  }

  /** The length and the checksum. */
  private static String sum(Path file) throws IOException {
    CRC32C sum = new CRC32C();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), sum)) {
      long length = in.transferTo(OutputStream.nullOutputStream());
      return length + " " + Long.toHexString(sum.getValue());
    }
  }

  /** Ends the journal of a run that is kept, or that nobody wants any more. */
  public static void end(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }

  /** Bytes of the journal; none where there is none. */
  static long bytes(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return isThere(folder) ? Files.size(file) : 0;
  }

  static boolean isThere(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * What was finished of the run in a folder.
   *
   * @return empty if there is no journal, or its first line is not whole
   */
  static Optional<Unfinished> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    List<ObjectNode> lines = isThere(folder) ? lines(file) : List.of();
    if (lines.isEmpty()
        || !(lines.get(0).path("told") instanceof ObjectNode told)
        || !KeptRun.ID.matcher(lines.get(0).at("/run/id").asText()).matches()) {
      return Optional.empty();
    }
    SortedMap<Integer, Optional<ObjectNode>> finished = new TreeMap<>();
    Set<String> files = new HashSet<>();
    for (ObjectNode line : lines.subList(1, lines.size())) {
      if (isWhole(folder, line.path("files"))) {
        Optional<ObjectNode> problem =
            line.path("problem") instanceof ObjectNode why ? Optional.of(why) : Optional.empty();
        finished.put(line.path("index").asInt(), problem);
        line.path("files").fieldNames().forEachRemaining(files::add);
      }
    }
    KeptRun run = run(lines.get(0).path("run"), Files.getLastModifiedTime(file).toMillis());
    return Optional.of(
        new Unfinished(run.ended("interrupted", finished.size()), told, finished, files));
  }

  /** Deletes what lies in a folder beside the journal and some files. */
  static void sweep(Path folder, Set<String> files) throws IOException {
    List<Path> all;
    try (Stream<Path> list = Files.list(folder)) {
      all = list.toList();
    }
    for (Path path : all) {
      String name = String.valueOf(path.getFileName());
      if (!name.equals(FILE) && !files.contains(name)) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** The lines up to the first that is not whole. */
  private static List<ObjectNode> lines(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<ObjectNode> lines = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1)) {
      try {
        if (!(JSON.readTree(line) instanceof ObjectNode json)) {
          break;
        }
        lines.add(json);
      } catch (JsonProcessingException e) {
        break;
      }
    }
    return lines;
  }

  private static boolean isWhole(Path folder, JsonNode files) throws IOException {
    for (Map.Entry<String, JsonNode> file : files.properties()) {
      boolean named = NAME.matcher(file.getKey()).matches();
      if (!named || !isWhole(folder.resolve(file.getKey()), file.getValue().asText())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(Path file, String sum) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && sum(file).equals(sum);
  }

  private static ObjectNode json(KeptRun run) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", run.id()).put("owner", run.owner()).put("model", run.model());
    json.put("graph", run.graph()).put("visualization", run.visualization());
    json.put("method", run.method());
    for (Image image : run.images()) {
      json.withArray("images").addObject().put("id", image.id()).put("name", image.name());
    }
    return json;
  }

  private static KeptRun run(JsonNode json, long made) {
    List<Image> images = new ArrayList<>();
    for (JsonNode image : json.path("images")) {
      images.add(new Image(image.path("id").asText(), image.path("name").asText()));
    }
    return new KeptRun(
        json.path("id").asText(),
        json.path("owner").asText(),
        "",
        json.path("model").asText(),
        json.path("graph").asText(),
        json.path("visualization").asText(),
        json.path("method").asText(),
        "",
        images,
        0,
        Instant.ofEpochMilli(made),
        0);
  }
}
