package dev.picasso.app.cli;

import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.ContactSheet;
import dev.picasso.image.draw.Drawing;
import dev.picasso.run.Explained;
import dev.picasso.run.Sink;
import dev.picasso.visualization.Panel;
import dev.picasso.visualization.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A picture of all maps: a row for each image, a column for each map. */
final class Grid implements Sink {
  static final String FILE_NAME = "grid.png";

  private static final int CELL = 224;

  /** Rows of more images are left out; a picture of more is not looked at. */
  private static final int MOST = 60;

  private final List<ContactSheet.Row> rows = new ArrayList<>();
  private List<String> columns = List.of();

  @Override
  public void explained(Explained explained) {
    if (rows.size() == MOST) {
      return;
    }
    Drawing drawing = explained.image().drawing();
    List<Panel> panels = explained.result().panels();
    List<Canvas> cells = new ArrayList<>(List.of(drawing.original().fitting(CELL)));
    panels.forEach(p -> cells.add(drawing.draw(p.map(), p.scale(), p.display()).fitting(CELL)));
    List<String> labels = new ArrayList<>(List.of("picture"));
    panels.forEach(p -> labels.add(p.label().replace(SideBySide.BETWEEN, "\n")));
    if (labels.size() > columns.size()) {
      columns = labels;
    }
    rows.add(new ContactSheet.Row(name(explained.result().image()), cells));
  }

  private static String name(String image) {
    return image.replaceFirst(".*[/\\\\]", "");
  }

  @Override
  public void failed(int index, String image, String problem) {}

  /** Writes the picture; whether there is anything to see. */
  boolean write(Path file) throws IOException {
    if (rows.isEmpty()) {
      return false;
    }
    Files.write(file, new ContactSheet(CELL, columns, rows).draw().png());
    return true;
  }
}
