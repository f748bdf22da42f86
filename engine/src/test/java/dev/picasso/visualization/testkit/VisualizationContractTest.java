package dev.picasso.visualization.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.attribution.Reference;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.image.draw.Scale;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import dev.picasso.visualization.Context;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Panel;
import dev.picasso.visualization.Results;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VisualizationContractTest {
  @TempDir static Path folder;

  /** Each is loaded once for all visualizations, as a server has it. */
  private static Optional<SmallModels> models = Optional.empty();

  /** What nobody should hold any more, by what was tried. */
  private static final Map<String, Leftovers> LEFT = new ConcurrentHashMap<>();

  @BeforeAll
  static void load() {
    models = Optional.of(new SmallModels(folder));
  }

  /** Once for all of them: collecting the garbage takes longer than the rest. */
  @AfterAll
  static void whatIsOverIsKeptByNobody() {
    models.ifPresent(SmallModels::close);
    assertThat(LEFT).allSatisfy((id, left) -> assertThat(left.kept()).as(id).isZero());
  }

  private static Collection<String> broken(Visualization<?> visualization) {
    Leftovers left = new Leftovers();
    LEFT.put(visualization.id(), left);
    return VisualizationContract.broken(visualization, models.orElseThrow(), left);
  }

  static Stream<Visualization<?>> builtIn() {
    return Visualizations.builtIn().all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("builtIn")
  void everyBuiltInVisualizationKeepsIt(Visualization<?> visualization) {
    assertThat(broken(visualization)).isEmpty();
  }

  /** Settings of the visualizations below. */
  record Settings(@Range(min = 1, max = 9) @Suggested("2") int steps) {}

  /** A visualization that breaks a promise, and says so of itself. */
  private abstract static class Broken implements Visualization<Settings> {
    @Override
    public String id() {
      return "broken";
    }

    @Override
    public String title() {
      return "Broken";
    }

    @Override
    public String description() {
      return "Breaks one promise.";
    }

    @Override
    public Settings defaults() {
      return new Settings(3);
    }

    @Override
    public Results run(Context context, Settings settings) {
      return context.eachImage((image, steps) -> result(context, settings, image.name()));
    }

    ImageResult result(Context context, Settings settings, String image) {
      return ImageResult.of(image, List.of(), List.of(panel("label", 1, new Scale(MAP, 0, 1))));
    }

    static final ColourMap MAP = ColourMap.INFERNO;

    static Panel panel(String label, float value, Scale scale) {
      return new Panel(label, 0, HeatMap.of(1, 1, new float[] {value}), scale, "a number", 0);
    }
  }

  private static Broken panels(Panel panel) {
    return new Broken() {
      @Override
      ImageResult result(Context context, Settings settings, String image) {
        return ImageResult.of(image, List.of(), List.of(panel));
      }
    };
  }

  private static Broken runs(BiFunction<Context, Settings, Results> run) {
    return new Broken() {
      @Override
      public Results run(Context context, Settings settings) {
        return run.apply(context, settings);
      }
    };
  }

  private static final AtomicInteger COUNT = new AtomicInteger();

  static Stream<Arguments> brokenOnes() {
    Scale scale = new Scale(Broken.MAP, 0, 1);
    return Stream.of(
        Arguments.of(
            "its id is No id;",
            new Broken() {
              @Override
              public String id() {
                return "No id";
              }
            }),
        Arguments.of(
            "it needs a title",
            new Broken() {
              @Override
              public String description() {
                return " ";
              }
            }),
        Arguments.of(
            "the address of its reference is paper.pdf",
            new Broken() {
              @Override
              public Optional<Reference> reference() {
                return Optional.of(new Reference("Paper", "paper.pdf"));
              }
            }),
        Arguments.of(
            "there is no template none.peb",
            new Broken() {
              @Override
              public Optional<String> template() {
                return Optional.of("none.peb");
              }
            }),
        Arguments.of(
            "it has a field, last;",
            new Broken() {
              int last = 1;

              @Override
              public String title() {
                return "Title " + last;
              }
            }),
        Arguments.of(
            "its settings contradict themselves: Broken: steps is 12",
            new Broken() {
              @Override
              public Settings defaults() {
                return new Settings(12);
              }
            }),
        Arguments.of("the same settings gave another result", panelsThatCount()),
        Arguments.of(
            "a map of grey.png holds Infinity",
            panels(Broken.panel("a", Float.POSITIVE_INFINITY, scale))),
        Arguments.of("all its values are NaN", panels(Broken.panel("a", Float.NaN, scale))),
        Arguments.of("a panel has no label", panels(Broken.panel(" ", 1, scale))),
        Arguments.of(
            "the scale goes from 2.0 to 1.0",
            panels(Broken.panel("a", 1, new Scale(Broken.MAP, 2, 1)))),
        Arguments.of("0 results for 6 images", runs((c, s) -> new Results(List.of()))),
        Arguments.of(
            "{steps=9}: throws",
            runs(
                (c, s) -> {
                  if (s.steps() == 9) {
                    throw new IllegalStateException("nine");
                  }
                  return c.eachImage(
                      (i, steps) -> ImageResult.of(i.name(), c.predict(i), List.of()));
                })),
        Arguments.of("progress does not end at 1", runs(VisualizationContractTest::silently)),
        Arguments.of("does not stop when asked to", runs(VisualizationContractTest::silently)),
        Arguments.of(
            "progress goes to 0.0 after",
            runs(
                (c, s) ->
                    c.eachImage(
                        (i, steps) -> {
                          steps.done(1);
                          steps.done(0);
                          return ImageResult.of(i.name(), c.predict(i), List.of());
                        }))),
        Arguments.of(
            "fails on tiny.gif: too small",
            runs(
                (c, s) ->
                    c.eachImage(
                        (i, steps) ->
                            i.original().width() == 1
                                ? ImageResult.failed(i.name(), "too small")
                                : ImageResult.of(i.name(), c.predict(i), List.of())))),
        Arguments.of(
            "shows nothing for colour.png",
            runs(
                (c, s) ->
                    c.eachImage((i, steps) -> ImageResult.of(i.name(), List.of(), List.of())))));
  }

  private static Broken panelsThatCount() {
    return new Broken() {
      @Override
      ImageResult result(Context context, Settings settings, String image) {
        Panel panel = panel("a", COUNT.incrementAndGet(), new Scale(MAP, 0, 1));
        return ImageResult.of(image, List.of(), List.of(panel));
      }
    };
  }

  private static Results silently(Context context, Settings settings) {
    List<ImageResult> results = new ArrayList<>();
    context
        .images()
        .forEach(i -> results.add(ImageResult.of(i.name(), context.predict(i), List.of())));
    return new Results(results);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenOnes")
  void whatBreaksItIsNamed(String promise, Visualization<?> visualization) {
    assertThat(broken(visualization)).anySatisfy(b -> assertThat(b).contains(promise));
  }

  @Test
  void aCheckThrowsWhatWasFound(@TempDir Path own) {
    assertThatThrownBy(
            () -> VisualizationContract.in(own).check(runs(VisualizationContractTest::silently)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("broken breaks its contract:\n  COLOUR: progress");
  }
}
