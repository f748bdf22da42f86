package dev.picasso.run;

import dev.picasso.runtime.Device;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.runtime.RuntimeVersion;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.OtherModels;
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
 * @param visualization its id
 * @param settings all of them, defaults and seeds included, by name
 * @param classes which are shown for an image
 * @param preprocessing all that is done to an image, by name: texts, numbers, lists of numbers
 * @param held the files that the model's other inputs hold, by input
 * @param explained of a model with several inputs: those that are explained, each with all that is
 *     done to its picture
 * @param others the models that are set beside it, by what the settings call them
 * @param given what a person gave, where results are to be made again from it
 */
public record Provenance(
    String picasso,
    OfModel model,
    String visualization,
    Map<String, String> settings,
    Classes classes,
    Map<String, Object> preprocessing,
    Map<String, Held> held,
    Map<String, Map<String, Object>> explained,
    Map<String, Beside> others,
    Machine machine,
    Optional<Given> given,
    Instant made) {

  /**
   * Which model it was.
   *
   * @param title what people call it; empty where that was not said
   * @param file name of its file or folder, without those that it lies in
   * @param sha256 of that file, or of the names and contents of that folder's; empty where there is
   *     none
   * @param graph hash of its graph with all numbers, also those of other files
   * @param format of the file
   * @param numbers whether its outputs are numbers and no classes
   */
  public record OfModel(
      String id,
      String title,
      String file,
      String sha256,
      String graph,
      String format,
      boolean numbers) {
    /** A model that is loaded. Its file and its graph are read for that, which takes a while. */
    public static OfModel of(ReadyModel ready) {
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
          ready.model().title(),
          String.valueOf(path.getFileName()),
          sha256.or(() -> ModelHashes.ofFiles(path)).orElse(""),
          graph.join(),
          ready.model().imported().format(),
          ready.model().tellsNumbers());
    }

    /** The same model where its files lie elsewhere under another name. */
    public OfModel at(String otherId, Path path) {
      return new OfModel(
          otherId, title, String.valueOf(path.getFileName()), sha256, graph, format, numbers);
    }

    /** The same file, of whose outputs a person says otherwise what they are. */
    private OfModel telling(boolean otherwise) {
      return new OfModel(id, title, file, sha256, graph, format, otherwise);
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

    private static Map<String, Held> of(ReadyModel ready) {
      Map<String, Held> held = new TreeMap<>();
      ready.held().files().forEach((input, file) -> held.put(input, of(file)));
      return held;
    }
  }

  /**
   * A model that is set beside the one that is explained.
   *
   * @param preprocessing all that is done to an image for it, by name
   * @param held the files that its other inputs hold, by input
   */
  public record Beside(OfModel model, Map<String, Object> preprocessing, Map<String, Held> held) {
    public Beside {
      preprocessing = ordered(preprocessing);
      held = ordered(held);
    }

    private static Beside of(ReadyModel ready, OfModel known) {
      return new Beside(
          known.telling(ready.model().tellsNumbers()),
          ImagePreparation.facts(ready.input().preprocessor()),
          Held.of(ready));
    }

    /**
     * Those that a run sets beside its model. Their files are read for that, unless it is known
     * which they are.
     *
     * @throws dev.picasso.PicassoException if there is no such model, or it cannot be loaded
     */
    public static <S extends Record> Map<String, Beside> of(Explaining<S> run) {
      Map<String, Beside> all = new LinkedHashMap<>();
      OtherModels models = run.model().others();
      for (String name : run.visualization().others(run.settings())) {
        OfModel known =
            models instanceof KnownModels several
                ? several.identity(name)
                : models.use(name, OfModel::of);
        all.put(name, models.use(name, ready -> of(ready, known)));
      }
      return all;
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
   * @param others a file, a folder or a name for each model beside it, by what the settings call it
   */
  public record Given(
      String model,
      Optional<String> id,
      Optional<String> weights,
      Optional<String> output,
      Map<String, String> held,
      Map<String, String> others) {
    public Given {
      held = ordered(held);
      others = ordered(others);
    }

    /** The same with the models beside it. */
    public Given beside(Map<String, String> models) {
      return new Given(model, id, weights, output, held, models);
    }
  }

  public Provenance {
    settings = ordered(settings);
    preprocessing = ordered(preprocessing);
    held = ordered(held);
    explained = ordered(explained);
    others = ordered(others);
  }

  /** In the order in which they came, so that files do not differ from run to run. */
  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** Where the results of a run come from, made now. It reads the models' files once more. */
  public static <S extends Record> Provenance of(Explaining<S> run) {
    Map<String, String> settings = run.model().texts(run.visualization(), run.settings());
    return of(run.model(), run.visualization().id(), settings, run.classes())
        .explaining(run)
        .beside(Beside.of(run));
  }

  /**
   * The same where it is known which model it is, as of one that is given images otherwise; of the
   * models beside it nothing is said yet.
   */
  public static <S extends Record> Provenance of(Explaining<S> run, OfModel known) {
    Map<String, String> settings = run.model().texts(run.visualization(), run.settings());
    OfModel now = known.telling(run.model().model().tellsNumbers());
    return of(run.model(), now, run.visualization().id(), settings, run.classes()).explaining(run);
  }

  /** The same of these inputs; of a model with one there is no more to say. */
  private Provenance explaining(Explaining<?> run) {
    return but(ImagePreparation.ofInputs(run), others, given);
  }

  /** The same beside these models, by what the settings call them. */
  public Provenance beside(Map<String, Beside> models) {
    return but(explained, models, given);
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
    return new Provenance(
        version(),
        model,
        what,
        settings,
        classes.of(ready.model().scores().targets()),
        ImagePreparation.facts(ready.input().preprocessor()),
        Held.of(ready),
        Map.of(),
        Map.of(),
        Machine.of(ready.options()),
        Optional.empty(),
        Instant.now());
  }

  /** Where the results of another run of the same model come from, made now, without others. */
  public <S extends Record> Provenance with(Explaining<S> run) {
    return new Provenance(
        picasso,
        model,
        run.visualization().id(),
        run.model().texts(run.visualization(), run.settings()),
        run.classes().of(run.model().model().scores().targets()),
        preprocessing,
        held,
        ImagePreparation.ofInputs(run),
        Map.of(),
        machine,
        given,
        Instant.now());
  }

  /** The same with what a person gave. */
  public Provenance given(Given by) {
    return but(explained, others, Optional.of(by));
  }

  /** The same but for what is said after it was made. */
  private Provenance but(
      Map<String, Map<String, Object>> inputs, Map<String, Beside> models, Optional<Given> by) {
    return new Provenance(
        picasso,
        model,
        visualization,
        settings,
        classes,
        preprocessing,
        held,
        inputs,
        models,
        machine,
        by,
        made);
  }

  /** The version of the running program; "development" where it runs from loose classes. */
  public static String version() {
    return Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
