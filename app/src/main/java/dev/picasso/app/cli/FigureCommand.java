package dev.picasso.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.WholeFile;
import dev.picasso.Words;
import dev.picasso.image.figure.Figure;
import dev.picasso.image.figure.FigureFormat;
import dev.picasso.image.figure.FigureLayout;
import dev.picasso.image.figure.FigureStyle;
import dev.picasso.image.figure.FigureTable;
import dev.picasso.image.figure.Letters;
import dev.picasso.run.Provenance;
import dev.picasso.run.ResultsReader;
import dev.picasso.run.figure.Citation;
import dev.picasso.run.figure.FigureChoice;
import dev.picasso.run.figure.ResultFigure;
import dev.picasso.run.figure.Scales;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code picasso figure}: results as a figure for print. */
@Command(
    name = "figure",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a figure for a paper of the results of 'picasso explain' or 'picasso compare': a row"
          + " for each image, a column for each map, with headings, colour bars and a caption.",
      "Nothing is computed anew."
    },
    footer = {
      "",
      "One column:  picasso figure maps -o fig2.pdf --width 85",
      "Two maps:    picasso figure maps -o fig2.svg --rows 1,3 --columns image,tank",
      "To cite:     picasso figure maps --cite",
      "Exit code: 0 if all is well, 2 if something given was wrong, 1 for a fault in Picasso."
    })
final class FigureCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RESULTS",
      description = "A results.json, or the folder that holds it.")
  private Path results = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the figure goes: a .pdf, .svg or .png file.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--cite",
      description = "Prints how the results were made, to be cited, and BibTeX of the methods.")
  private boolean cite;

  @Option(
      names = "--width",
      paramLabel = "MM",
      description = "Millimetres; a column has about 85, a page 175. Default: ${DEFAULT-VALUE}.")
  private double width = FigureStyle.PAGE.width();

  @Option(
      names = "--points",
      paramLabel = "N",
      description = "Size of the letters. Default: ${DEFAULT-VALUE}.")
  private double points = FigureStyle.PAGE.points();

  @Option(
      names = "--dpi",
      paramLabel = "N",
      description =
          "Pixels to an inch, of PNG and at most of pictures in others. Default: ${DEFAULT-VALUE}.")
  private int dpi = FigureStyle.PAGE.dpi();

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "N",
      description = "Which images, counted from 1, with commas between them. Default: all.")
  private List<Integer> rows = new ArrayList<>();

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAME",
      description =
          "Which columns, in that order: image, headings or a part of them, or numbers of maps"
              + " counted from 1. Default: all.")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--scale",
      paramLabel = "WHICH",
      description =
          "Which maps of the same meaning share a scale: made (as they were made), row, table, own."
              + " Default: made.")
  private Scales scales = Scales.MADE;

  @Option(
      names = "--caption",
      paramLabel = "TEXT",
      description = "What stands below; '' for nothing. Default: what the results tell.")
  private Optional<String> caption = Optional.empty();

  @Option(
      names = "--heading",
      paramLabel = "COLUMN=TEXT",
      description = "Heads a column, named as in --columns, with another text. May be repeated.")
  private Map<String, String> headings = new LinkedHashMap<>();

  @Option(
      names = "--label",
      paramLabel = "ROW=TEXT",
      description =
          "Stands before an image, counted from 1, instead of its name; '' for nothing. May be"
              + " repeated.")
  private Map<Integer, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--font",
      paramLabel = "FILE",
      description =
          "A TrueType file, for scripts that the usual letters (Liberation Sans) do not have.")
  private Optional<Path> font = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path file = Files.isDirectory(results) ? results.resolve(ResultsReader.FILE_NAME) : results;
    if (!Files.exists(file)) {
      throw new PicassoException(
          file + ": there is no such file; name a folder that 'picasso explain' wrote into.");
    }
    if (output.isEmpty() && !cite) {
      throw new PicassoException(
          "Name the figure's file with -o, or ask for the text with --cite.");
    }
    List<JsonNode> images = new ArrayList<>();
    Provenance provenance =
        ResultsReader.read(file, images::add)
            .map((ObjectNode header) -> ResultsReader.provenance(header))
            .orElseThrow(
                () ->
                    new PicassoException(
                        file + ": is no results.json that Picasso wrote, or a damaged one."));
    Citation citation =
        Citation.of(provenance, SettingOptions.visualization(provenance.visualization()), images);
    if (output.isPresent()) {
      Path folder = file.toAbsolutePath().resolveSibling("");
      FigureFormat format = format(output.get(), folder, images);
      FigureChoice choice = new FigureChoice(rows, columns, scales, caption, headings, labels);
      FigureStyle style = new FigureStyle(width, points, dpi);
      FigureTable table = ResultFigure.table(folder, provenance, images, citation, choice, style);
      write(output.get(), format, table, style);
    }
    if (cite) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(Shown.line(citation.text()));
      out.println();
      out.println(Shown.text(citation.bibTex()));
    }
    return 0;
  }

  private void write(Path file, FigureFormat format, FigureTable table, FigureStyle style) {
    try (Letters letters = font.map(Letters::of).orElseGet(Letters::bundled)) {
      Figure figure = FigureLayout.of(table, style, letters);
      WholeFile.write(file, format.write(figure, letters, style));
      Set<String> missing = letters.missing(figure);
      if (!missing.isEmpty() && format != FigureFormat.SVG) {
        spec.commandLine()
            .getErr()
            .println(
                "note: there are no letters for %s, question marks stand for them; name a font that has them with --font."
                    .formatted(Shown.line(String.join(" ", missing))));
      }
      spec.commandLine()
          .getOut()
          .println(
              "The figure is %s, %s × %s mm."
                  .formatted(
                      file,
                      Words.number(figure.width()),
                      Words.number((double) Math.round(figure.height()))));
    }
  }

  /** Nothing of the results themselves is written over. */
  private static FigureFormat format(Path output, Path folder, List<JsonNode> images) {
    FigureFormat format =
        FigureFormat.ofFile(output.toString())
            .orElseThrow(
                () ->
                    new PicassoException(
                        output
                            + ": is none of the kinds of figures; end it with .pdf, .svg or"
                            + " .png."));
    Path written = output.toAbsolutePath().normalize();
    boolean ofResults =
        images.stream()
            .flatMap(image -> ResultJson.all(image).stream())
            .flatMap(input -> ResultFiles.in(input).names())
            .anyMatch(name -> folder.resolve(name).normalize().equals(written));
    if (ofResults) {
      throw new PicassoException(
          output + ": is one of the results and is not written over; name another file.");
    }
    return format;
  }
}
