package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.run.Changes;
import dev.picasso.run.ExplainedInputs;
import dev.picasso.run.Explaining;
import dev.picasso.run.Provenance;
import dev.picasso.run.RecordedImage;
import dev.picasso.run.ResultsReader;
import dev.picasso.run.Sink;
import dev.picasso.runtime.Device;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code picasso repeat}: makes results again and compares them bit for bit. */
@Command(
    name = "repeat",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes the results of an earlier run again, from what its results.json tells, and compares"
          + " them with those that lie beside it, bit for bit.",
      "A model, an image or a preparation of images that is not what it was is told and refused."
    },
    footer = {
      "",
      "As it was:  picasso repeat maps",
      "Moved:      picasso repeat maps --model nets/model.h5 --images photos",
      "Two models: picasso repeat maps --model nets/a.onnx --with nets/b.onnx",
      "Exit code: 0 if all results are equal, 2 if some are not or could not be made, 1 for a fault"
          + " in Picasso."
    })
final class RepeatCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RESULTS",
      description = "A results.json, or the folder that holds it.")
  private Path results = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "The model, where it does not lie any more where it did.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--with",
      paramLabel = "MODEL",
      description =
          "A model that was set beside the first, where it does not lie any more where it did."
              + " Several may be given, in any order: each is known by what it computes.")
  private List<Path> with = new ArrayList<>();

  @Option(
      names = "--images",
      paramLabel = "FOLDER",
      description = "A folder with the images, where they do not lie any more where they did.")
  private Optional<Path> images = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Where the new results go; without it, they are only compared.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--anyway",
      description = "Goes on where the model or images are not what they were.")
  private boolean anyway;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path file = Files.isDirectory(results) ? results.resolve(ResultsReader.FILE_NAME) : results;
    if (!Files.exists(file)) {
      throw new PicassoException(file + ": there is no such file.");
    }
    Path folder = file.toRealPath().resolveSibling("");
    RecordedResults recorded = RecordedResults.read(file);
    if (output.isPresent() && isSame(output.get(), folder)) {
      throw new PicassoException(
          "--output is the folder of the results themselves, which would be replaced; name"
              + " another.");
    }
    return repeat(
        folder, recorded, SettingOptions.visualization(recorded.provenance().visualization()));
  }

  private static boolean isSame(Path a, Path b) throws IOException {
    return Files.exists(a) && Files.isSameFile(a, b);
  }

  private <S extends Record> int repeat(
      Path folder, RecordedResults recorded, Visualization<S> visualization) throws IOException {
    Provenance before = recorded.provenance();
    PrintWriter err = spec.commandLine().getErr();
    ConfiguredModel configured = configured(folder, before);
    Device device = Device.parse(before.machine().device()).orElse(Device.CPU);
    RuntimeOptions options =
        new RuntimeOptions(before.machine().threads(), before.machine().optimize(), device);
    try (FileModels others = new FileModels(options(folder, before).given(), Optional.of(device));
        ReadyModel ready = ReadyModel.load(configured, Home.loader(), options)) {
      S settings = ready.settings(visualization, before.settings(), before.classes());
      new PlacedModels(folder, before, others).find(visualization.others(settings), with);
      Explaining<S> explaining =
          new Explaining<>(
              ready.beside(others),
              visualization,
              settings,
              before.classes(),
              new CommandFaults(),
              ExplainedInputs.named(List.copyOf(before.explained().keySet())));
      Provenance now = Provenance.of(explaining);
      Changes changes = Changes.between(before, now);
      FoundImages found = FoundImages.of(folder, images, recorded.images());
      requireUnchanged(changes, found, err);
      if (output.isEmpty()) {
        return compare(explaining, recorded, found, folder, Sinks.of());
      }
      ResultsFolder.make(output.get());
      Provenance.Given by =
          options(folder, before)
              .by(output.get(), held(folder, before))
              .beside(others.places(output.get(), now.others().keySet()));
      try (ResultsFolder made = ResultsFolder.open(output.get(), now.given(by), found.files())) {
        return compare(explaining, recorded, found, folder, made);
      }
    }
  }

  /** Says what is not as it was, and ends there unless the person wants it anyway. */
  private void requireUnchanged(Changes changes, FoundImages found, PrintWriter err) {
    changes.slight().forEach(note -> err.println("note: " + note));
    List<String> grave = new ArrayList<>(changes.grave());
    grave.addAll(found.problems());
    if (!grave.isEmpty() && !anyway) {
      grave.add("Nothing was repeated; --anyway goes on with what there is.");
      throw new PicassoException(String.join("\n", grave));
    }
    grave.forEach(err::println);
  }

  private int compare(
      Explaining<?> explaining,
      RecordedResults recorded,
      FoundImages found,
      Path folder,
      Sink made) {
    PrintWriter out = spec.commandLine().getOut();
    ProgressBar bar = ProgressBar.onTerminal();
    Report report = new Report();
    ComparingSink comparing = new ComparingSink(folder, found.images(), bar, out);
    List<Path> files = found.files();
    try {
      explaining.all(
          GivenImage.all(files),
          image -> shown(explaining.classes(), recorded.images().get(image)),
          Sinks.of(made, comparing, report),
          new Watching(bar, files));
    } finally {
      bar.clear();
    }
    int failed = report.print(spec.commandLine().getErr());
    int all = recorded.images().size();
    out.println(
        "%d of %d %s %s equal bit for bit."
            .formatted(
                comparing.equal(),
                all,
                all == 1 ? "image" : "images",
                comparing.equal() == 1 ? "is" : "are"));
    return failed == ExitCode.OK && comparing.equal() == all ? ExitCode.OK : ExitCode.USAGE;
  }

  /** What an image truly showed is known from the class that it was explained for. */
  private static Classes shown(Classes asked, RecordedImage image) {
    return asked.ofTruth() && !image.classes().isEmpty()
        ? Classes.chosen(image.classes().stream().map(RecordedImage.OfClass::index).toList())
        : asked;
  }

  private ConfiguredModel configured(Path folder, Provenance before) {
    ConfiguredModel configured = options(folder, before).configured().holding(held(folder, before));
    return FileModels.titled(configured, before.model().title()); // tables name it
  }

  private static Map<String, Path> held(Path folder, Provenance before) {
    Map<String, Path> held = new LinkedHashMap<>();
    before
        .given()
        .ifPresent(
            given ->
                given
                    .held()
                    .forEach((input, file) -> held.put(input, RecordedPath.in(folder, file))));
    return held;
  }

  /** The model as it was given then, or as it is given now. */
  private ModelOptions options(Path folder, Provenance before) {
    Optional<Provenance.Given> given = before.given();
    Path path =
        model.orElseGet(
            () ->
                given
                    .map(g -> RecordedPath.in(folder, g.model()))
                    .orElseThrow(
                        () ->
                            new PicassoException(
                                "The results do not say where their model lies ("
                                    + before.model().file()
                                    + "); name it with --model.")));
    boolean listed = Configuration.fileAt(path).isPresent();
    return ModelOptions.of(
        path,
        given
            .map(Provenance.Given::id)
            .orElse(Optional.of(before.model().id()).filter(id -> listed)),
        given.flatMap(Provenance.Given::weights).map(text -> RecordedPath.in(folder, text)),
        given.flatMap(Provenance.Given::output));
  }
}
