package dev.picasso.app.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A process that keeps one run after the other, and tells of each, until it is killed. */
final class Killed {
  private Killed() {}

  public static void main(String[] arguments) throws IOException {
    Archive archive = Archive.open(Path.of(arguments[0]));
    for (int i = 0; ; i++) {
      String id = "run%05d".formatted(i);
      Path folder = archive.newFolder(id);
      for (int file = 0; file < 4; file++) {
        Files.write(folder.resolve(KeptFiles.result(file)), new byte[50_000]);
      }
      archive.keep(run(id, "somebody", Instant.EPOCH.plusSeconds(i)));
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
