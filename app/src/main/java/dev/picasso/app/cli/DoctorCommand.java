package dev.picasso.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.doctor.Diagnosis;
import dev.picasso.doctor.DiagnosisJson;
import dev.picasso.doctor.DiagnosisText;
import dev.picasso.doctor.Doctor;
import dev.picasso.doctor.PlainWords;
import dev.picasso.doctor.Ranked;
import dev.picasso.doctor.Specimen;
import dev.picasso.image.Preprocessor;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfigurationWriter;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.visualization.ReadyModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code picasso doctor}: which input a network was trained on. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Finds out which input a network was trained on (range of pixels, order of channels,"
            + " inversion), and what else is wrong. Images of the kind it is for help.",
    footer = {
      "",
      "Find out:  picasso doctor model.h5 photos",
      "Compare:   picasso doctor model.h5 photos --true-labels folders",
      "Repair:    picasso doctor model.h5 photos --write picasso.yaml",
      "Exit code: 0 whatever is found, 2 if something given was wrong, 1 for a fault in Picasso."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int SHOWN = 5;

  @Mixin private ImageArguments given = new ImageArguments();

  @Mixin private TrueLabels labels = new TrueLabels();

  @Option(names = "--json", description = "Prints JSON instead of words.")
  private boolean json;

  @Option(
      names = "--write",
      arity = "0..1",
      paramLabel = "FILE",
      fallbackValue = "",
      description =
          "Writes a picasso.yaml with the repaired preprocessing; beside the model unless a file is"
              + " named. A file that is there is not overwritten.")
  private Optional<String> write = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (ReadyModel model = given.ready()) {
      if (!(model.input().preprocessor() instanceof Preprocessor way)) {
        throw new PicassoException(
            model.configured().id()
                + ": its images are prepared by a class of yours, which the doctor cannot change.");
      }
      List<Specimen> images = specimens(model);
      Doctor doctor =
          new Doctor(model.model(), model.held().tensors(), model.options(), new Stop());
      Diagnosis found = doctor.examine(way.settings(), images, share -> {});
      if (json) {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        out.println(mapper.writeValueAsString(DiagnosisJson.of(found)));
      } else {
        print(found, model, Math.min(images.size(), Doctor.MOST_IMAGES), out);
      }
      if (write.isPresent()) {
        Path file = write(model, found);
        spec.commandLine().getErr().println("wrote " + file);
      }
      out.flush();
      return 0;
    }
  }

  /** The images, each with the class that it truly shows where that is said, and is one. */
  private List<Specimen> specimens(ReadyModel model) {
    List<Path> files = given.anyFiles(model.configured());
    List<Optional<String>> known = labels.of(files);
    List<Specimen> images = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      GivenImage image = new GivenImage(files.get(i));
      images.add(
          Specimen.called(() -> image.read(new Stop()).image(), known.get(i), model.model()));
    }
    if (labels.areGiven() && images.stream().allMatch(s -> s.truth().isEmpty())) {
      throw new PicassoException(
          "None of the true labels is a class of the model; 'labels' in a picasso.yaml beside it"
              + " names its classes, in the order of its outputs.");
    }
    return images;
  }

  private static void print(Diagnosis found, ReadyModel model, int images, PrintWriter out) {
    String by = images == 0 ? "no images" : images == 1 ? "1 image" : images + " images";
    out.println(model.model().path().getFileName() + ", by " + by);
    out.println();
    Table aspects = new Table().row("trained on", "", "how sure");
    aspects.row("pixels", found.pixels().answer(), DiagnosisText.words(found.pixels()));
    found.order().ifPresent(o -> aspects.row("channels", o.answer(), DiagnosisText.words(o)));
    aspects.row("brightness", found.inversion().answer(), DiagnosisText.words(found.inversion()));
    aspects.print(out);
    out.println();
    PlainWords.of(found).ifPresent(out::println);
    found.problems().forEach(p -> out.println("wrong: " + p.text()));
    if (found.isRepaired()) {
      out.println("remedy: preprocessing: " + keys(found));
    } else if (found.problems().isEmpty()) {
      out.println(DiagnosisText.summary(found));
    }
    found.rests().forEach(r -> out.println("note: " + r));
    out.println();
    candidates(found, out);
  }

  private static String keys(Diagnosis found) {
    return DiagnosisText.remedy(found).entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static void candidates(Diagnosis found, PrintWriter out) {
    Table table = new Table();
    boolean known = found.ranked().get(0).hits().areKnown();
    String measure = heading(found);
    table.row(
        known
            ? new String[] {"tried", measure, "right", "probability"}
            : new String[] {"tried", measure, "probability"});
    for (Ranked r : found.ranked().subList(0, Math.min(SHOWN, found.ranked().size()))) {
      String way = words(r, found.order().isPresent());
      String right = r.hits().right() + " of " + r.hits().known();
      table.row(
          known
              ? new String[] {way, measured(r), right, number(r.probability())}
              : new String[] {way, measured(r), number(r.probability())});
    }
    table.print(out);
  }

  private static String heading(Diagnosis found) {
    return found.ranked().get(0).distance().isPresent() ? "distance" : "answers differ";
  }

  private static String measured(Ranked ranked) {
    return number(ranked.distance().orElse(ranked.information()));
  }

  private static String words(Ranked ranked, boolean colours) {
    return ranked.candidate().scaling().words()
        + (!colours ? "" : ranked.candidate().blueFirst() ? ", blue first" : ", red first")
        + (ranked.candidate().inverted() ? ", dark and bright exchanged" : "");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** What is not sure stays an assumption. */
  private Path write(ReadyModel ready, Diagnosis found) throws IOException {
    boolean guess = found.isRepaired() ? !found.isSure() : ready.input().guessedRange().isPresent();
    ConfiguredModel model =
        ready.configured().with(ready.configured().preprocessing().assumed(guess));
    Path path = model.request().path().toAbsolutePath();
    Path file =
        write
            .filter(f -> !f.isEmpty())
            .map(Path::of)
            .orElseGet(() -> path.resolveSibling(Configuration.FILE_NAME));
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
    String text = ConfigurationWriter.of(model, found.repaired(), folder);
    try {
      Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new PicassoException(
          file + ": is there already and is not overwritten; name another file: --write FILE.", e);
    }
    return file;
  }
}
