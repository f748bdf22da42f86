package dev.picasso.run;

import dev.picasso.runtime.Device;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.runtime.RuntimeVersion;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ReadyModel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Where results come from: enough to make them again, bit for bit on a machine of the same kind.
 *
 * @param picasso version of the program
 * @param beside models that were compared with it, by what the settings call them
 * @param visualization its id
 * @param settings all of them, defaults and seeds included, by name
 * @param classes which are shown for an image
 * @param preprocessing all that is done to an image, by name: texts, numbers, lists of numbers
 * @param held the files that the model's other inputs hold, by input
 * @param explained of a model with several inputs: those that are explained, each with all that is
 *     done to its picture
 * @param given what a person gave, where results are to be made again from it
 */
public record Provenance(
    String picasso,
    OfModel model,
    Map<String, OfModel> beside,
    String visualization,
    Map<String, String> settings,
    Classes classes,
    Map<String, Object> preprocessing,
    Map<String, Held> held,
    Map<String, Map<String, Object>> explained,
    Machine machine,
    Optional<Given> given,
    Instant made) {

  /**
   * Which model it was.
   *
   * @param file name of its file or folder, without those that it lies in
   * @param sha256 of that file, or of the names and contents of that folder's; empty where there is
   *     none
   * @param graph hash of its graph with all numbers, also those of other files
   * @param format of the file
   * @param numbers whether its outputs are numbers and no classes
   */
  public record OfModel(
      String id, String file, String sha256, String graph, String format, boolean numbers) {
    static OfModel of(ReadyModel ready) {
      return of(ready, Optional.empty());
    }

    /**
     * A model that is loaded. Its graph is read for that, which takes a while.
     *
     * @param sha256 of its file or folder, where that is known; else that is read too
     */
    public static OfModel of(ReadyModel ready, Optional<String> sha256) {
      Path path = ready.model().path();
      // Both take seconds for a large model.
      CompletableFuture<String> graph =
          CompletableFuture.supplyAsync(() -> ModelHashes.of(ready.model().imported().graph()));
      return new OfModel(
          ready.model().id(),
          String.valueOf(path.getFileName()),
          sha256.or(() -> ModelHashes.ofFiles(path)).orElse(""),
          graph.join(),
          ready.model().imported().format(),
          ready.model().tellsNumbers());
    }

    /** The same model where its files lie elsewhere under another name. */
    public OfModel at(String otherId, Path path) {
      return new OfModel(
          otherId, String.valueOf(path.getFileName()), sha256, graph, format, numbers);
    }

    /** The same file, of whose outputs a person says otherwise what they are. */
    private OfModel telling(boolean otherwise) {
      return new OfModel(id, file, sha256, graph, format, otherwise);
    }
  }

  /**
   * A file that an input holds.
   *
   * @param file its name, without folders
   * @param sha256 of the file, hexadecimal
   */
  public record Held(String file, String sha256) {
    private static Held of(Path file) {
      return new Held(String.valueOf(file.getFileName()), Sha256.of(file));
    }
  }

  /**
   * What computed it; another one may round otherwise.
   *
   * @param java version of the virtual machine
   * @param onnxRuntime version
   * @param system operating system and kind of processor
   * @param cores that Java may use
   * @param threads that work on one run of the model; 0 for as many as the runtime takes
   * @param optimize whether the runtime may rewrite graphs
   * @param device where it ran, such as "cpu" or "cuda:0"
   */
  public record Machine(
      String java,
      String onnxRuntime,
      String system,
      int cores,
      int threads,
      boolean optimize,
      String device) {
    /** On the processor. */
    public Machine(
        String java, String onnxRuntime, String system, int cores, int threads, boolean optimize) {
      this(java, onnxRuntime, system, cores, threads, optimize, Device.CPU.toString());
    }

    static Machine of(RuntimeOptions options) {
      return new Machine(
          System.getProperty("java.version", "?"),
          RuntimeVersion.text(),
          System.getProperty("os.name", "?") + " " + System.getProperty("os.arch", "?"),
          Runtime.getRuntime().availableProcessors(),
          options.threads(),
          options.optimize(),
          options.device().toString());
    }
  }

  /**
   * What a person gave, paths as seen from the folder of the results where that can be.
   *
   * @param model a file, a folder, or a name of the catalogue
   * @param id which model of a configuration
   * @param weights a separate file of weights
   * @param output whose numbers are the classes
   * @param held a file for each input that is not explained
   */
  public record Given(
      String model,
      Optional<String> id,
      Optional<String> weights,
      Optional<String> output,
      Map<String, String> held) {
    public Given {
      held = ordered(held);
    }
  }

  /** Of one model alone. */
  public Provenance(
      String picasso,
      OfModel model,
      String visualization,
      Map<String, String> settings,
      Classes classes,
      Map<String, Object> preprocessing,
      Map<String, Held> held,
      Map<String, Map<String, Object>> explained,
      Machine machine,
      Optional<Given> given,
      Instant made) {
    this(
        picasso,
        model,
        Map.of(),
        visualization,
        settings,
        classes,
        preprocessing,
        held,
        explained,
        machine,
        given,
        made);
  }

  public Provenance {
    beside = ordered(beside);
    settings = ordered(settings);
    preprocessing = ordered(preprocessing);
    held = ordered(held);
    explained = ordered(explained);
  }

  /** In the order in which they came, so that files do not differ from run to run. */
  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** Where the results of a run come from, made now. It reads the model's files once more. */
  public static <S extends Record> Provenance of(Explaining<S> run) {
    Map<String, String> settings = run.model().texts(run.visualization(), run.settings());
    return of(run.model(), run.visualization().id(), settings, run.classes()).explaining(run);
  }

  /** The same where it is known which model it is, as of one that is given images otherwise. */
  public static <S extends Record> Provenance of(Explaining<S> run, OfModel known) {
    Map<String, String> settings = run.model().texts(run.visualization(), run.settings());
    OfModel now = known.telling(run.model().model().tellsNumbers());
    return of(run.model(), now, run.visualization().id(), settings, run.classes()).explaining(run);
  }

  /**
   * The same of these inputs and other models; of a model alone with one there is no more to say.
   */
  private Provenance explaining(Explaining<?> run) {
    return new Provenance(
        picasso,
        model,
        OtherModelsOf.run(run, settings),
        visualization,
        settings,
        classes,
        preprocessing,
        held,
        ImagePreparation.ofInputs(run),
        machine,
        given,
        made);
  }

  /**
   * Where what was done with a model comes from, made now. It reads the model's files once more.
   *
   * @param what was done, in a word
   * @param settings of that, by name
   */
  public static Provenance of(
      ReadyModel ready, String what, Map<String, String> settings, Classes classes) {
    return of(ready, OfModel.of(ready), what, settings, classes);
  }

  private static Provenance of(
      ReadyModel ready, OfModel model, String what, Map<String, String> settings, Classes classes) {
    Map<String, Held> held = new TreeMap<>();
    ready.held().files().forEach((input, file) -> held.put(input, Held.of(file)));
    return new Provenance(
        version(),
        model,
        what,
        settings,
        classes.of(ready.model().scores().targets()),
        ImagePreparation.facts(ready.input().preprocessor()),
        held,
        Map.of(),
        Machine.of(ready.options()),
        Optional.empty(),
        Instant.now());
  }

  /** Where the results of another run of the same model come from, made now. */
  public <S extends Record> Provenance with(Explaining<S> run) {
    Map<String, String> now = run.model().texts(run.visualization(), run.settings());
    return new Provenance(
        picasso,
        model,
        OtherModelsOf.run(run, now),
        run.visualization().id(),
        now,
        run.classes().of(run.model().model().scores().targets()),
        preprocessing,
        held,
        ImagePreparation.ofInputs(run),
        machine,
        given,
        Instant.now());
  }

  /** The same with what a person gave. */
  public Provenance given(Given by) {
    return new Provenance(
        picasso,
        model,
        beside,
        visualization,
        settings,
        classes,
        preprocessing,
        held,
        explained,
        machine,
        Optional.of(by),
        made);
  }

  /** The version of the running program; "development" where it runs from loose classes. */
  public static String version() {
    return Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
