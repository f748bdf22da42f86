package dev.picasso.app.web;

import dev.picasso.PicassoException;
import dev.picasso.StoppedException;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.image.draw.Scale;
import dev.picasso.visualization.Context;
import dev.picasso.visualization.Curve;
import dev.picasso.visualization.Illustration;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Panel;
import dev.picasso.visualization.Results;
import dev.picasso.visualization.Table;
import dev.picasso.visualization.Verdict;
import dev.picasso.visualization.Visualization;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Visualizations that behave badly, each in its own way. */
public final class TestVisualizations {
  private TestVisualizations() {}

  /** No settings. */
  public record Nothing() {}

  /** What they share. */
  abstract static class Base implements Visualization<Nothing> {
    @Override
    public String title() {
      return id();
    }

    @Override
    public String description() {
      return "For tests.";
    }

    @Override
    public Nothing defaults() {
      return new Nothing();
    }

    @Override
    public Results run(Context context, Nothing settings) {
      return context.eachImage(
          (image, steps) -> ImageResult.of(image.name(), context.predict(image), List.of()));
    }
  }

  /** Never ends by itself. */
  public static final class Endless extends Base {
    @Override
    public String id() {
      return "endless";
    }

    @Override
    public Results run(Context context, Nothing settings) {
      context.listener().progress(.5);
      while (!context.listener().cancelled()) {
        Thread.onSpinWait();
      }
      throw new StoppedException();
    }
  }

  /** Never ends with images that are called so, while it is told to. */
  public static final class Halting extends Base {
    /** The property that tells it to. */
    public static final String HALTS = "picasso.test.halts";

    private static final Map<String, Integer> TIMES = new ConcurrentHashMap<>();

    @Override
    public String id() {
      return "halting";
    }

    /** How often an image of that name was explained. */
    static int times(String image) {
      return TIMES.getOrDefault(image, 0);
    }

    @Override
    public Results run(Context context, Nothing settings) {
      String name = context.images().get(0).name();
      int unused = TIMES.merge(name, 1, Integer::sum);
      while (name.startsWith("halt") && Boolean.getBoolean(HALTS)) {
        if (context.listener().cancelled()) {
          throw new StoppedException();
        }
        Thread.onSpinWait();
      }
      return super.run(context, settings);
    }
  }

  /** Neither ends by itself nor listens. */
  public static final class Deaf extends Base {
    @Override
    public String id() {
      return "deaf";
    }

    @Override
    public Results run(Context context, Nothing settings) {
      while (true) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          context.listener().progress(.5); // and goes on
        }
      }
    }
  }

  /** Fails on images whose name says so, in words or with a fault. */
  public static final class Picky extends Base {
    @Override
    public String id() {
      return "picky";
    }

    @Override
    public Results run(Context context, Nothing settings) {
      String name = context.images().get(0).name();
      if (name.startsWith("words")) {
        throw new PicassoException("I do not like " + name + ".");
      }
      if (name.startsWith("fault")) {
        throw new IllegalStateException("secret details");
      }
      return super.run(context, settings);
    }
  }

  /** A part of each kind for each image. */
  public static final class AllParts extends Base {
    @Override
    public String id() {
      return "all-parts";
    }

    @Override
    public Results run(Context context, Nothing settings) {
      return context.eachImage(
          (image, steps) ->
              ImageResult.of(
                  image.name(),
                  context.predict(image),
                  List.of(
                      new Panel(
                          "red",
                          .5,
                          HeatMap.of(2, 1, new float[] {0, 1}),
                          new Scale(ColourMap.INFERNO, 0, 1),
                          "what a test makes",
                          0),
                      new Curve(
                          "deletion",
                          "share of pixels removed",
                          List.of(0., .5, 1.),
                          "probability",
                          List.of(
                              Curve.Line.of("red <1>", 1, .25, Double.NaN),
                              Curve.Line.of("at random", .9, .8, .1)),
                          "how fast the class goes away"),
                      new Table(
                          "layers",
                          List.of("name", "share"),
                          List.of(List.of("conv, first", "0.5"), List.of("<b>dense</b>", "0.25")),
                          "where it comes from"),
                      new Illustration(
                          "ideal", image.prepared().pixels(), "what it looks like most of all"),
                      new Verdict("verdict", "The map depends on the weights."))));
    }
  }

  /** Its template is not there. */
  public static final class NoTemplate extends Base {
    @Override
    public String id() {
      return "no-template";
    }

    @Override
    public Optional<String> template() {
      return Optional.of("missing.peb");
    }
  }

  /** A jar that announces them. */
  public static void announce(Path jar) {
    entry(
        jar,
        List.of(
            Endless.class,
            Halting.class,
            Deaf.class,
            Picky.class,
            AllParts.class,
            NoTemplate.class));
  }

  private static void entry(Path jar, List<Class<?>> classes) {
    String names = String.join("\n", classes.stream().map(Class::getName).toList());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream archive = new JarOutputStream(out)) {
      archive.putNextEntry(new JarEntry("META-INF/services/" + Visualization.class.getName()));
      archive.write(names.getBytes(StandardCharsets.UTF_8));
      archive.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
