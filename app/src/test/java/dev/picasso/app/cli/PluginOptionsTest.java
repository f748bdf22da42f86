package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.visualization.Context;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Results;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visualization from the folder of plugins, on the command line. */
class PluginOptionsTest {
  /** A visualization one of whose settings is called like an option of the command. */
  public static final class Plugin implements Visualization<Plugin.Settings> {
    /** What can be set. */
    public record Settings(int top, boolean upsideDown) {}

    @Override
    public String id() {
      return "nothing";
    }

    @Override
    public String title() {
      return "Nothing";
    }

    @Override
    public String description() {
      return "Says what it was told.";
    }

    @Override
    public Settings defaults() {
      return new Settings(7, false);
    }

    @Override
    public Results run(Context context, Settings settings) {
      return context.eachImage(
          (image, steps) -> {
            if (settings.upsideDown() && image.name().contains("faulty")) {
              throw new IllegalStateException("upside down");
            }
            return ImageResult.of(image.name(), context.predict(image), List.of());
          });
    }
  }

  @TempDir Path folder;
  private String home = "";

  @BeforeEach
  void install() throws IOException {
    home = System.getProperty("picasso.home", "");
    System.setProperty("picasso.home", folder.toString());
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    try (OutputStream file = Files.newOutputStream(plugins.resolve("nothing.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry("META-INF/services/" + Visualization.class.getName()));
      jar.write(Plugin.class.getName().getBytes(StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void uninstall() {
    System.setProperty("picasso.home", home);
  }

  @Test
  void itsSettingsAreOptionsAndNoneTakesTheCommandsOwn() throws IOException {
    assertThat(Terminal.run("visualizations").out()).contains("nothing", "Says what it was told.");
    Path maps = folder.resolve("maps");
    Terminal done =
        Terminal.run(
            "explain",
            TestModel.COLOUR.write(folder),
            Samples.image(folder.resolve("a.png")),
            "-m",
            "nothing",
            "--top",
            1,
            "--nothing-top",
            3,
            "--upside-down",
            "true",
            "-o",
            maps);
    assertThat(done.problems()).isEmpty();
    assertThat(Files.readString(maps.resolve("results.json")))
        .containsPattern("\"top\" : \"3\"")
        .containsPattern("\"upsideDown\" : \"true\"");
    assertThat(done.out().lines().findFirst().orElse("").split(", ", -1)).hasSize(1);
  }

  @Test
  void itsFaultStaysWithTheImage() throws IOException {
    Path faulty = Samples.image(folder.resolve("faulty.png"));
    Path good = Samples.image(folder.resolve("good.png"));
    Path maps = folder.resolve("maps");
    Path model = TestModel.COLOUR.write(folder);
    Terminal done =
        Terminal.run(
            "explain", model, faulty, good, "-m", "nothing", "--upside-down", "true", "-o", maps);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.out()).contains("good.png: ", "Results of 1 of 2 images are in ");
    assertThat(done.problems())
        .isEqualTo(
            faulty
                + ": Nothing failed: java.lang.IllegalStateException: upside down."
                + " PICASSO_OPTS=-Dpicasso.debug=true shows where.");
  }
}
