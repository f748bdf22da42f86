package dev.picasso.app.archive;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A process that keeps one run after the other, and tells of each, until it is killed. */
final class Killed {
  private Killed() {}

  public static void main(String[] arguments) throws IOException {
    Archive archive = Archive.open(Path.of(arguments[0]));
    for (int i = 0; ; i++) {
      String id = "run%05d".formatted(i);
      Path folder = archive.newFolder(id);
      KeptRun run = run(id, "somebody", Instant.EPOCH.plusSeconds(i));
      Journal.begin(folder, run, JsonNodeFactory.instance.objectNode());
      for (int file = 0; file < 4; file++) {
        String name = KeptFiles.result(file);
        Files.write(folder.resolve(name), new byte[50_000]);
        Journal.finished(folder, file, List.of(name), Optional.empty());
      }
      archive.keep(run);
      System.out.println(id);
      System.out.flush();
    }
  }

  static KeptRun run(String id, String owner, Instant made) {
    return new KeptRun(
        id,
        owner,
        "",
        "Tanks",
        "abc",
        "saliency",
        "Saliency",
        "done",
        List.of(new KeptRun.Image("image" + id, "tank.jpg")),
        1,
        made,
        0);
  }
}
