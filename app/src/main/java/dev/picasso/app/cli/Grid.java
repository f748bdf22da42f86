package dev.picasso.app.cli;

import dev.picasso.image.Prediction;
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
import java.util.Comparator;
import java.util.List;

/** A picture of all maps: a row for each image, a column for each map. */
final class Grid implements Sink {
  static final String FILE_NAME = "grid.png";

  private static final int CELL = 224;

  /** Rows of more images are left out; a picture of more is not looked at. */
  private static final int MOST = 60;

  private final List<Row> rows = new ArrayList<>();

  /**
   * One image.
   *
   * @param classes that are explained, as they stand in the labels
   * @param labels of the maps
   */
  private record Row(
      String name, List<String> classes, List<String> labels, List<Canvas> pictures) {
    private Row {
      classes = List.copyOf(classes);
      labels = List.copyOf(labels);
      pictures = List.copyOf(pictures);
    }

    /** What heads a column without the class, which is another one in another row. */
    String withoutClass(int column) {
      String[] lines = labels.get(column).split(SideBySide.BETWEEN, 2);
      for (String one : classes) {
        if (lines[0].endsWith(", " + one)) {
          lines[0] = lines[0].substring(0, lines[0].length() - one.length() - 2);
        }
      }
      return String.join(SideBySide.BETWEEN, lines);
    }
  }

  @Override
  public void explained(Explained explained) {
    if (rows.size() == MOST) {
      return;
    }
    Drawing drawing = explained.image().drawing();
    List<Panel> panels = explained.result().panels();
    List<Canvas> cells = new ArrayList<>(List.of(drawing.original().fitting(CELL)));
    panels.forEach(p -> cells.add(drawing.draw(p.map(), p.scale(), p.display()).fitting(CELL)));
    rows.add(
        new Row(
            name(explained.result().image()),
            explained.result().predictions().stream().map(Prediction::label).toList(),
            panels.stream().map(Panel::label).toList(),
            cells));
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
    boolean alike = rows.stream().map(Row::classes).distinct().count() == 1;
    Row widest =
        rows.stream().max(Comparator.comparingInt(row -> row.labels().size())).orElseThrow();
    List<String> heads = new ArrayList<>(List.of("picture"));
    for (int c = 0; c < widest.labels().size(); c++) {
      String head = alike ? widest.labels().get(c) : widest.withoutClass(c);
      heads.add(head.replace(SideBySide.BETWEEN, "\n"));
    }
    List<ContactSheet.Row> shown =
        rows.stream()
            .map(
                row ->
                    new ContactSheet.Row(
                        alike ? row.name() : row.name() + ": " + String.join(", ", row.classes()),
                        row.pictures()))
            .toList();
    Files.write(file, new ContactSheet(CELL, heads, shown).draw().png());
    return true;
  }
}
