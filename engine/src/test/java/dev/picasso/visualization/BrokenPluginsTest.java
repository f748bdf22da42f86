package dev.picasso.visualization;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plugins that cannot be used, each beside one that can. */
class BrokenPluginsTest {
  private static final String SERVICES =
      "META-INF/services/dev.picasso.visualization.Visualization";
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** A plugin whose parts a case replaces. */
  private static final String SOURCE =
      """
      package plugin;
      import dev.picasso.attribution.Reference;
      import dev.picasso.visualization.*;
      import dev.picasso.settings.*;
      import java.util.*;
      public class NAME implements Visualization<NAME.Settings> {
        SETTINGS
        CONSTRUCTOR
        public String id() { ID }
        public String title() { TITLE }
        public String description() { return "d"; }
        public Optional<Reference> reference() { REFERENCE }
        public Settings defaults() { DEFAULTS }
        public Results run(Context context, Settings settings) { throw new IllegalStateException(); }
      }
      """;

  private static Path work = Path.of("");

  @TempDir Path folder;

  private Path plugins = Path.of("");

  @BeforeAll
  static void compileTheGoodOne(@TempDir Path made) throws IOException {
    work = made;
    compile("Good", "");
  }

  /** Replacements as in "ID=return null;", separated by a bar. */
  private static void compile(String name, String parts) throws IOException {
    String source = SOURCE;
    for (String part : parts.split("\\|")) {
      int equals = part.indexOf('=');
      source =
          equals < 0
              ? source
              : source.replace(part.substring(0, equals), part.substring(equals + 1));
    }
    source =
        source
            .replace("SETTINGS", "public record Settings(int n) {}")
            .replace("CONSTRUCTOR", "")
            .replace("ID", "return \"NAME\".toLowerCase(Locale.ROOT);")
            .replace("TITLE", "return \"t\";")
            .replace("REFERENCE", "return Optional.empty();")
            .replace("DEFAULTS", "return new Settings(3);")
            .replace("NAME", name);
    Path file = Files.createDirectories(work.resolve("plugin")).resolve(name + ".java");
    Files.writeString(file, source);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-nowarn",
                "-cp",
                work + File.pathSeparator + System.getProperty("java.class.path"),
                "-d",
                work.toString(),
                file.toString());
    assertThat(code).as(source).isZero();
  }

  private static byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(work.resolve("plugin/" + file));
  }

  /** An entry of a jar. */
  private record Entry(String name, byte[] content) {
    static Entry services(String lines) {
      return new Entry(SERVICES, lines.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void jar(String name, List<Entry> entries) throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    try (OutputStream out = Files.newOutputStream(plugins.resolve(name));
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Entry entry : entries) {
        jar.putNextEntry(new JarEntry(entry.name));
        jar.write(entry.content);
      }
    }
  }

  private void jar(String name, String type) throws IOException {
    List<Entry> entries = new ArrayList<>(List.of(Entry.services("plugin." + type + "\n")));
    for (String file : List.of(type + ".class", type + "$Settings.class")) {
      entries.add(new Entry("plugin/" + file, bytes(file)));
    }
    jar(name, entries);
  }

  /** That all else works, and the one line about what does not. */
  private String onlyProblem() throws IOException {
    jar("zz-good.jar", "Good");
    Visualizations found = Visualizations.of(Visualizations.folder(plugins).within(SHORT));
    assertThat(found.all()).hasSize(Visualizations.builtIn().all().size() + 1);
    assertThat(found.get("good").title()).isEqualTo("t");
    assertThat(found.problems()).hasSize(1);
    String problem = found.problems().get(0);
    assertThat(problem).startsWith("plugins/bad.jar: ").doesNotContain("\n");
    return problem;
  }

  record Case(String what, String parts, String words) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Case> badClasses() {
    String hang = "while (true) { Thread.onSpinWait(); if (Thread.interrupted()) return X; }";
    return Stream.of(
        new Case(
            "constructor throws",
            "CONSTRUCTOR=public NAME() { throw new IllegalStateException(\"boom\\nline\"); }",
            "its constructor fails (java.lang.IllegalStateException: boom line)"),
        new Case(
            "constructor runs out of stack",
            "CONSTRUCTOR=public NAME() { new NAME(); }",
            "its constructor fails (java.lang.StackOverflowError)"),
        new Case(
            "constructor hangs",
            "CONSTRUCTOR=public NAME() { " + hang.replace(" X", "") + " }",
            "its constructor or its settings hang; it was given 1 s"),
        new Case(
            "static initializer throws",
            "CONSTRUCTOR=static final int N = Integer.parseInt(\"x\");",
            "its static initializer fails (java.lang.NumberFormatException"),
        new Case(
            "constructor takes something",
            "CONSTRUCTOR=public NAME(int n) {}",
            "without arguments"),
        new Case("constructor is private", "CONSTRUCTOR=private NAME() {}", "must be public"),
        new Case(
            "id throws",
            "ID=throw new NullPointerException(\"no id\");",
            "id() fails (java.lang.NullPointerException: no id)"),
        new Case("id is null", "ID=return null;", "id() gives null"),
        new Case("id leads elsewhere", "ID=return \"../x\";", "its id is \"../x\""),
        new Case(
            "id of a built-in one",
            "ID=return \"saliency\";",
            "its id saliency is that of dev.picasso."),
        new Case("title hangs", "TITLE=" + hang.replace("X", "null"), "hang"),
        new Case(
            "title throws",
            "TITLE=throw new Error(\"odd\");",
            "title() fails (java.lang.Error: odd)"),
        new Case("title is empty", "TITLE=return \" \";", "its title is empty"),
        new Case("reference is null", "REFERENCE=return null;", "reference() gives null"),
        new Case(
            "defaults throw",
            "DEFAULTS=throw new IllegalStateException(\"none\");",
            "defaults() fails"),
        new Case("defaults are null", "DEFAULTS=return null;", "defaults() gives null"),
        new Case(
            "a setting of a type that no form shows",
            "SETTINGS=public record Settings(int n, List<String> names) { Settings(int n) { this(n,"
                + " List.of()); } }",
            "cannot be used: the setting names is a List; it must be an int,"),
        new Case(
            "a default outside its own range",
            "SETTINGS=public record Settings(@Range(min = 5, max = 9) int n) {}",
            "cannot be used: defaults() is refused: "),
        new Case(
            "settings that refuse their defaults",
            "SETTINGS=public record Settings(int n) { public Settings { if (n == 3) throw new"
                + " IllegalArgumentException(\"not 3\"); } }",
            "defaults() fails"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badClasses")
  void aPluginThatFailsIsNamedAndAllElseWorks(Case c) throws IOException {
    compile("Bad", c.parts);
    jar("bad.jar", "Bad");
    assertThat(onlyProblem())
        .contains("plugin.Bad cannot be used: ", c.words)
        .endsWith(". Mend the jar, or take it out.");
  }

  static Stream<Case> badLists() {
    return Stream.of(
        new Case("a sentence", "this is no class", "\"this is no class\" in " + SERVICES),
        new Case("a path", "plugin/Good.class", "is no name of a class"),
        new Case("binary", "\u0000\u0001\uFFFD", "is no name of a class"),
        new Case("a class that is not there", "plugin.Nowhere", "holds none of that name"),
        new Case("no visualization", "java.lang.String", "it does not implement dev.picasso"),
        new Case("an interface", "dev.picasso.visualization.Visualization", "it is abstract"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badLists")
  void aBrokenListIsNamedAndAllElseWorks(Case c) throws IOException {
    jar("bad.jar", List.of(Entry.services("# a comment\n\n" + c.parts + " # and one\n")));
    assertThat(onlyProblem()).contains(c.words);
  }

  @Test
  void goodClassesBesideABrokenLineAreUsed() throws IOException {
    compile("Bad", "");
    jar(
        "bad.jar",
        List.of(
            Entry.services("oh no\nplugin.Bad\n"),
            new Entry("plugin/Bad.class", bytes("Bad.class")),
            new Entry("plugin/Bad$Settings.class", bytes("Bad$Settings.class"))));
    Visualizations found = Visualizations.of(Visualizations.folder(plugins).within(SHORT));
    assertThat(found.get("bad").title()).isEqualTo("t");
    assertThat(found.problems()).hasSize(1);
  }

  @Test
  void classFilesThatJavaCannotReadAreNamed() throws IOException {
    compile("Bad", "");
    byte[] newer = bytes("Bad.class");
    newer[7] = 99;
    byte[] cut = java.util.Arrays.copyOf(bytes("Bad.class"), 200);
    byte[] other = bytes("Good.class");
    for (byte[] content :
        List.of(newer, cut, other, new byte[0], "no class".getBytes(StandardCharsets.UTF_8))) {
      jar("bad.jar", List.of(Entry.services("plugin.Bad"), new Entry("plugin/Bad.class", content)));
      assertThat(onlyProblem())
          .containsAnyOf(
              "compiled for a newer Java than this one, " + Runtime.version().feature(),
              "its class file is corrupt",
              "it needs the class plugin.Bad");
    }
  }

  @Test
  void aClassThatIsMissingIsNamed() throws IOException {
    compile("Helper", "");
    compile("Bad", "CONSTRUCTOR=private final Object helper = new plugin.Helper();");
    jar("bad.jar", "Bad");
    assertThat(onlyProblem()).contains("it needs the class plugin.Helper, which is in no jar");
  }

  @Test
  void whatIsNoJarIsNamed() throws IOException {
    jar("bad.jar", List.of(Entry.services("plugin.Bad")));
    byte[] whole = Files.readAllBytes(plugins.resolve("bad.jar"));
    for (byte[] content :
        List.of(
            new byte[0],
            "not a jar".getBytes(StandardCharsets.UTF_8),
            java.util.Arrays.copyOf(whole, whole.length / 2))) {
      Files.write(plugins.resolve("bad.jar"), content);
      assertThat(onlyProblem()).contains("is no jar that can be read");
    }
    Files.delete(plugins.resolve("bad.jar"));
    Files.createDirectory(plugins.resolve("bad.jar"));
    assertThat(onlyProblem()).contains("is no jar that can be read");
  }

  @Test
  void ofTwoPluginsWithOneIdTheFirstJarWins() throws IOException {
    compile("Bad", "ID=return \"good\";");
    jar("zzz-bad.jar", "Bad");
    jar("zz-good.jar", "Good");
    Visualizations found = Visualizations.of(Visualizations.folder(plugins).within(SHORT));
    assertThat(found.get("good").getClass().getName()).isEqualTo("plugin.Good");
    assertThat(found.problems())
        .singleElement()
        .asString()
        .contains("plugins/zzz-bad.jar: plugin.Bad", "its id good is that of plugin.Good");
  }

  @Test
  void aFolderThatIsMissingOrEmptyIsNoProblem() throws IOException {
    for (Optional<Path> nothing :
        List.of(
            Optional.of(folder.resolve("nowhere")),
            Optional.of(Files.createDirectory(folder.resolve("empty"))))) {
      assertThat(Visualizations.withPlugins(nothing.orElseThrow()).problems()).isEmpty();
    }
  }
}
