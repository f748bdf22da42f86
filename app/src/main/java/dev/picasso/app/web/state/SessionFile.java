package dev.picasso.app.web.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.wire.ClientAddress;
import dev.picasso.format.ImportOptions;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.PreprocessingSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a session holds, in a file of its folder; written whole, so that a kill leaves this one or
 * the one before. The folder is readable by its owner alone, since the file holds the session's
 * secret.
 */
final class SessionFile {
  private static final String NAME = "session.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What the file says.
   *
   * @param id the secret
   * @param from who began it
   * @param used when it was last used
   */
  record Saved(String id, ClientAddress from, Instant used, Holdings holdings) {}

  private SessionFile() {}

  static void write(Path folder, String id, ClientAddress from, Holdings holdings)
      throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id).put("from", from.name()).put("next", holdings.nextNumber());
    ArrayNode images = json.putArray("images");
    for (StoredImage image : holdings.images()) {
      images
          .addObject()
          .put("id", image.id())
          .put("number", image.number())
          .put("name", image.name())
          .put("width", image.width())
          .put("height", image.height());
    }
    holdings.deleted().forEach(json.putArray("deleted")::add);
    ArrayNode models = json.putArray("models");
    for (ConfiguredModel model : holdings.models()) {
      if (model.request().path().startsWith(folder)) {
        // Of everybody's only what this person says is kept, elsewhere.
        Optional<String> hash = Optional.ofNullable(holdings.hashes().get(model.id()));
        put(folder, models.addObject(), model, hash);
      }
    }
    ArrayNode removed = json.putArray("removedModels");
    for (Holdings.Removed gone : holdings.removed()) {
      put(folder, removed.addObject().put("at", gone.at().toString()), gone.model(), gone.sha256());
    }
    writeWhole(folder.resolve(NAME), JSON.writeValueAsBytes(json));
  }

  private static void put(
      Path folder, ObjectNode json, ConfiguredModel model, Optional<String> sha256) {
    ModelRequest request = model.request();
    json.put("id", request.id()).put("title", request.title());
    json.put("path", text(folder, request.path()));
    request.within().ifPresent(within -> json.put("within", text(folder, within)));
    sha256.ifPresent(hash -> json.put("sha256", hash));
  }

  /** Writes a file so that a kill, or a power cut, leaves this one or the one before. */
  static void writeWhole(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String text(Path folder, Path path) {
    return folder.relativize(path).toString().replace('\\', '/');
  }

  /** Notes when a session was last used. */
  static void touch(Path folder, Instant used) throws IOException {
    Path file = folder.resolve(NAME);
    if (Files.exists(file)) {
      Files.setLastModifiedTime(file, FileTime.from(used));
    }
  }

  /**
   * Reads what a folder holds, and deletes what else lies in it.
   *
   * @return empty if it is the folder of no session
   * @throws IOException if it cannot be read
   */
  static Optional<Saved> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    JsonNode json = JSON.readTree(Files.readAllBytes(file));
    List<StoredImage> images = new ArrayList<>();
    for (JsonNode image : json.path("images")) {
      StoredImage stored =
          new StoredImage(
              image.path("id").asText(),
              image.path("number").asInt(),
              image.path("name").asText(),
              folder,
              image.path("width").asInt(),
              image.path("height").asInt());
      if (Files.isRegularFile(stored.file())) {
        images.add(stored);
      }
    }
    List<String> deleted = new ArrayList<>();
    json.path("deleted").forEach(id -> deleted.add(id.asText()));
    List<ConfiguredModel> models = new ArrayList<>();
    json.path("models").forEach(model -> model(folder, model).ifPresent(models::add));
    List<Holdings.Removed> removed = new ArrayList<>();
    json.path("removedModels")
        .forEach(gone -> model(folder, gone).ifPresent(model -> removed.add(removed(model, gone))));
    Holdings holdings =
        new Holdings(images, deleted, models, hashes(json), removed, json.path("next").asInt());
    sweep(folder, holdings);
    return Optional.of(
        new Saved(
            json.path("id").asText(),
            new ClientAddress(json.path("from").asText()),
            Files.getLastModifiedTime(file).toInstant(),
            holdings));
  }

  private static Holdings.Removed removed(ConfiguredModel model, JsonNode json) {
    String hash = json.path("sha256").asText();
    return new Holdings.Removed(
        model,
        hash.isEmpty() ? Optional.empty() : Optional.of(hash),
        instant(json.path("at").asText()));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  private static Map<String, String> hashes(JsonNode json) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (JsonNode model : json.path("models")) {
      String hash = model.path("sha256").asText();
      if (!hash.isEmpty()) {
        hashes.put(model.path("id").asText(), hash);
      }
    }
    return hashes;
  }

  private static Optional<ConfiguredModel> model(Path folder, JsonNode json) {
    Path path = folder.resolve(json.path("path").asText()).normalize();
    if (!path.startsWith(folder) || path.equals(folder) || !Files.exists(path)) {
      return Optional.empty();
    }
    ModelRequest request =
        new ModelRequest(
            json.path("id").asText(),
            json.path("title").asText(),
            path,
            Optional.empty(),
            ImportOptions.none(),
            List.of());
    Path within = folder.resolve(json.path("within").asText()).normalize();
    return Optional.of(
        new ConfiguredModel(
            within.startsWith(folder) && !within.equals(folder)
                ? request.at(path, within)
                : request,
            PreprocessingSettings.none(),
            ConfiguredModel.TOP,
            List.of()));
  }

  /** Uploads that did not come to their end, and whatever a killed server was writing. */
  private static void sweep(Path folder, Holdings holdings) throws IOException {
    Set<Path> known =
        new HashSet<>(Set.of(folder.resolve(NAME), folder.resolve(KeptInputs.FOLDER)));
    holdings.images().forEach(image -> known.addAll(image.files()));
    List<ConfiguredModel> models = new ArrayList<>(holdings.models());
    holdings.removed().forEach(gone -> models.add(gone.model()));
    for (ConfiguredModel model : models) {
      known.add(folder.resolve(folder.relativize(model.request().path()).getName(0)));
    }
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : all.filter(p -> !known.contains(p)).toList()) {
        Folders.deleteAny(path);
      }
    }
  }
}
