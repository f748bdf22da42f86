package dev.picasso.visualization;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import dev.picasso.model.ModelAdapter;
import dev.picasso.plugin.PluginFile;
import dev.picasso.plugin.PluginFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * The visualizations that there are, by id; and what could not be used. Where plugins are among
 * them, every question looks at what their folder holds now.
 */
public final class Visualizations {
  private final Supplier<Found> source;

  /**
   * What there is at one time.
   *
   * @param plugins the files that some of them come from
   */
  private record Found(
      Map<String, Visualization<?>> byId, List<Attribution> methods, List<PluginFile> plugins) {}

  private Visualizations(Supplier<Found> source) {
    this.source = source;
  }

  /** Those that Picasso brings: each attribution method, and what is more than one. */
  public static Visualizations builtIn() {
    Found found = ours();
    return new Visualizations(() -> found);
  }

  private static Found ours() {
    Map<String, Visualization<?>> found = new LinkedHashMap<>();
    ServiceLoader.load(Visualization.class, Visualizations.class.getClassLoader())
        .forEach(v -> found.put(v.id(), v));
    Methods.builtIn().all().forEach(m -> found.putIfAbsent(m.id(), new MethodVisualization(m)));
    return new Found(byFamily(found), List.of(), List.of());
  }

  private static Map<String, Visualization<?>> byFamily(Map<String, Visualization<?>> found) {
    Map<String, Visualization<?>> sorted = new LinkedHashMap<>();
    found.values().stream()
        .sorted(Comparator.comparing(Visualization::family))
        .forEach(v -> sorted.put(v.id(), v));
    return sorted;
  }

  /**
   * Those that Picasso brings and those in the jars and Java files of a folder, which may be
   * missing. What cannot be used is left out; {@link #plugins} tells.
   */
  public static Visualizations withPlugins(Path folder) {
    return of(folder(folder));
  }

  /** A folder of plugins: of visualizations, methods, and whatever else Picasso takes. */
  public static PluginFolder folder(Path folder) {
    return PluginFolder.at(folder, PluginKinds.all());
  }

  /**
   * Those that Picasso brings, and those of plugins.
   *
   * @param folder from {@link #folder}
   */
  public static Visualizations of(PluginFolder folder) {
    return new Visualizations(new Looking(ours(), folder));
  }

  /** Puts together what there is, whenever the folder holds something else. */
  private static final class Looking implements Supplier<Found> {
    private final Found ours;
    private final PluginFolder folder;

    /** The files that were seen last, and what they came to. */
    private volatile Map.Entry<List<PluginFile>, Found> last;

    Looking(Found ours, PluginFolder folder) {
      this.ours = ours;
      this.folder = folder;
      this.last = look(folder.files());
    }

    @Override
    public Found get() {
      List<PluginFile> files = folder.files();
      Map.Entry<List<PluginFile>, Found> known = last;
      if (known.getKey() != files) {
        known = look(files);
        last = known;
      }
      return known.getValue();
    }

    private Map.Entry<List<PluginFile>, Found> look(List<PluginFile> files) {
      Map<String, Visualization<?>> all = new LinkedHashMap<>(ours.byId);
      List<Attribution> methods = new ArrayList<>();
      List<PluginFile> told = new ArrayList<>();
      for (PluginFile file : files) {
        PluginFile left = file;
        for (Visualization<?> made : file.made(Visualization.class)) {
          left = added(all, made, made, left);
        }
        for (Attribution made : file.made(Attribution.class)) {
          PluginFile before = left;
          left = added(all, new MethodVisualization(made), made, left);
          if (left.equals(before)) {
            methods.add(made);
          }
        }
        told.add(left);
      }
      return Map.entry(files, new Found(all, List.copyOf(methods), List.copyOf(told)));
    }

    /** The file, without what has the id of another. */
    private static PluginFile added(
        Map<String, Visualization<?>> all, Visualization<?> made, Object object, PluginFile file) {
      Visualization<?> other = all.putIfAbsent(made.id(), made);
      return other == null
          ? file
          : file.without(
              object, "its id " + made.id() + " is that of " + owner(other).getClass().getName());
    }
  }

  /** The object of a plugin behind what a person picks. */
  private static Object owner(Visualization<?> visualization) {
    return visualization instanceof MethodVisualization method ? method.method() : visualization;
  }

  /**
   * Remembers what a plugin did wrong while it worked, so that {@link #plugins} tells.
   *
   * @param words a sentence without its full stop
   * @return whether it is a plugin
   */
  public static boolean failed(Visualization<?> visualization, String words, Throwable fault) {
    return PluginFolder.tell(owner(visualization), words, fault);
  }

  /**
   * Remembers what a plugin did wrong while it worked, so that {@link #plugins} tells.
   *
   * @param words whole sentences
   */
  public static void failed(Visualization<?> visualization, String words) {
    PluginFolder.tell(owner(visualization), words);
  }

  /** The files of the folder of plugins, with what each brings and what is wrong with it. */
  public List<PluginFile> plugins() {
    return source.get().plugins;
  }

  /** A line for each plugin that cannot be used: which file, which class, why, and what to do. */
  public List<String> problems() {
    return plugins().stream().flatMap(file -> file.lines().stream()).toList();
  }

  public List<Visualization<?>> all() {
    return List.copyOf(source.get().byId.values());
  }

  /** What plugins say of models, by id. */
  public List<ModelAdapter> adapters() {
    return plugins().stream()
        .flatMap(file -> file.made(ModelAdapter.class).stream())
        .sorted(Comparator.comparing(ModelAdapter::id))
        .toList();
  }

  /** The attribution methods: those that Picasso brings, and those of plugins. */
  public Methods methods() {
    return Methods.builtIn().and(source.get().methods);
  }

  /** An attribution method, with these settings, as a visualization of the classes of an image. */
  public static Visualization<?> of(Attribution method) {
    return new MethodVisualization(method);
  }

  /**
   * The visualization of that id.
   *
   * @throws PicassoException if there is none
   */
  public Visualization<?> get(String id) {
    Map<String, Visualization<?>> byId = source.get().byId;
    Visualization<?> found = byId.get(id);
    if (found == null) {
      throw new PicassoException(
          "There is no visualization "
              + Words.shown(id)
              + Words.nearest(id, byId.keySet())
                  .map(n -> "; did you mean " + n + "?")
                  .orElse("; there are " + String.join(", ", byId.keySet()) + "."));
    }
    return found;
  }
}
