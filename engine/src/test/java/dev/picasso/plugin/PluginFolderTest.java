package dev.picasso.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java files that are dropped into a folder, changed and taken out again. */
class PluginFolderTest {
  @TempDir Path temporary;
  private Path folder = Path.of("");
  private PluginFolder plugins = PluginFolder.at(folder, List.of());

  @BeforeEach
  void none() {
    folder = temporary.resolve("plugins");
    plugins = PluginFolder.at(folder, List.of(PluginKind.of(Supplier.class)));
  }

  private Path drop(String name, String text) throws IOException {
    return Files.writeString(Files.createDirectories(folder).resolve(name), text);
  }

  /** A plugin that says something. */
  private Path drop(String word) throws IOException {
    return drop(
        "Mine.java",
        """
        public class Mine implements java.util.function.Supplier<String> {
          public String get() {
            return %s;
          }
        }
        """
            .formatted(word));
  }

  private Object said() {
    return made().get();
  }

  private Supplier<?> made() {
    PluginFile file = only();
    assertThat(file.problems()).isEmpty();
    assertThat(file.made(Supplier.class)).hasSize(1);
    return file.made(Supplier.class).get(0);
  }

  private PluginFile only() {
    assertThat(plugins.files()).hasSize(1);
    return plugins.files().get(0);
  }

  @Test
  void aFolderThatIsMissingHoldsNothing() {
    assertThat(plugins.files()).isEmpty();
  }

  @Test
  void aFileIsCompiledWhenItIsDroppedAndAgainWhenItChanges() throws IOException {
    assertThat(plugins.files()).isEmpty();
    drop("\"one\"");
    assertThat(said()).isEqualTo("one");
    assertThat(plugins.files()).isSameAs(plugins.files());
    drop("\"the second\"");
    assertThat(said()).isEqualTo("the second");
    Files.delete(folder.resolve("Mine.java"));
    assertThat(plugins.files()).isEmpty();
  }

  @Test
  void workUnderWayKeepsWhatItHas() throws IOException {
    drop("new Object() { public String toString() { return \"old\"; } }.toString()");
    Supplier<?> before = made();
    drop("\"new one\"");
    assertThat(said()).isEqualTo("new one");
    // Its inner class is read only now, from the text that is gone.
    assertThat(before.get()).isEqualTo("old");
  }

  @Test
  void oldClassesAreLetGo() throws IOException {
    drop("\"one\"");
    WeakReference<ClassLoader> old = new WeakReference<>(made().getClass().getClassLoader());
    drop("\"the second\"");
    assertThat(said()).isEqualTo("the second");
    for (int i = 0; i < 50 && old.get() != null; i++) {
      System.gc();
    }
    assertThat(old.get()).isNull();
  }

  @Test
  void othersAreNotLoadedAnew() throws IOException {
    drop("\"one\"");
    Object mine = made();
    drop("Other.java", "broken");
    assertThat(plugins.files().get(0).made(Supplier.class)).containsExactly((Supplier<?>) mine);
    assertThat(plugins.files().get(1).made()).isEmpty();
  }

  @Test
  void twoFilesMayHoldClassesOfOneName() throws IOException {
    String text =
        """
        public class Mine implements java.util.function.Supplier<String> {
          public String get() { return Word.IT; }
        }
        class Word { static final String IT = "one"; }
        """;
    drop("Mine.java", text);
    drop("Two.java", text.replace("Mine", "Two").replace("\"one\"", "\"two\""));
    assertThat(plugins.files())
        .extracting(file -> file.made(Supplier.class).get(0).get())
        .containsExactly("one", "two");
  }

  @Test
  void whatDoesNotCompileIsToldWithItsLineUntilItIsMended() throws IOException {
    drop("\"one\" + missing");
    PluginFile file = only();
    assertThat(file.made()).isEmpty();
    assertThat(file.problems()).hasSize(1);
    PluginTrouble trouble = file.problems().get(0);
    assertThat(trouble.line()).hasValue(3);
    assertThat(trouble.code()).isEqualTo("    return \"one\" + missing;");
    assertThat(trouble.words()).contains("cannot find symbol", "variable missing");
    assertThat(file.lines())
        .containsExactly(
            "plugins/Mine.java:3: cannot find symbol symbol: variable missing location: class"
                + " Mine");
    drop("\"mended\"");
    assertThat(said()).isEqualTo("mended");
  }

  @Test
  void aFileWithoutAPluginSaysSo() throws IOException {
    drop("Mine.java", "public class Mine {}");
    assertThat(only().lines())
        .containsExactly("plugins/Mine.java: holds no class that implements Supplier.");
    drop("Mine.java", "// nothing");
    assertThat(only().lines()).singleElement().asString().contains("holds no class");
    drop("Mine.java", "public class Other {}");
    assertThat(only().lines())
        .singleElement()
        .asString()
        .contains("should be declared in a file named Other.java");
  }

  /** As one is while it is copied. */
  @Test
  void aJarThatIsOnlyHalfThereHarmsNoJavaFile() throws IOException {
    drop("\"one\"");
    drop("half.jar", "PK\u0003\u0004 and no more");
    List<PluginFile> files = plugins.files();
    assertThat(files).hasSize(2);
    assertThat(files.get(0).problems()).isEmpty();
    assertThat(files.get(0).made(Supplier.class)).hasSize(1);
    assertThat(files.get(1).lines()).singleElement().asString().contains("is no jar that can be");
  }

  @Test
  void whatIsNoTextIsTold() throws IOException {
    Files.createDirectories(folder.resolve("Folder.java"));
    Files.write(folder.resolve("Bytes.java"), new byte[] {0, -1, -2, 'c'});
    Files.write(folder.resolve("Large.java"), new byte[(1 << 20) + 1]);
    assertThat(plugins.files()).hasSize(3).allSatisfy(f -> assertThat(f.problems()).isNotEmpty());
    assertThat(plugins.files().get(2).lines()).singleElement().asString().contains("1 MB");
  }

  @Test
  void aRuntimeWithoutACompilerIsToldWithWhatToDo() throws IOException {
    drop("\"one\"");
    plugins = plugins.compiledBy(new SourceCompiler(Optional::empty));
    assertThat(only().lines())
        .singleElement()
        .asString()
        .contains("only a JDK can compile", "Start Picasso with a JDK 17 or newer", "put the jar");
  }

  @Test
  void whatThrowsOrHangsHarmsNothingElse() throws IOException {
    drop("\"one\"");
    String text =
        """
        public class NAME implements java.util.function.Supplier<String> {
          public NAME() { WORK }
          public String get() { return ""; }
        }
        """;
    drop(
        "Throws.java",
        text.replace("NAME", "Throws").replace("WORK", "throw new IllegalStateException(\"no\");"));
    drop(
        "Hangs.java",
        text.replace("NAME", "Hangs")
            .replace("WORK", "while (!Thread.interrupted()) { Thread.onSpinWait(); }"));
    plugins = plugins.within(Duration.ofSeconds(1));
    List<PluginFile> files = plugins.files();
    assertThat(files.get(0).lines())
        .containsExactly(
            "plugins/Hangs.java: Hangs cannot be used: its constructor or its settings hang; it"
                + " was given 1 s. Mend the file, or take it out.");
    assertThat(files.get(1).made(Supplier.class).get(0).get()).isEqualTo("one");
    assertThat(files.get(2).lines())
        .containsExactly(
            "plugins/Throws.java: Throws cannot be used: its constructor fails"
                + " (java.lang.IllegalStateException: no). Mend the file, or take it out.");
  }

  /** It would end this test, and all others. */
  @Test
  void whatEndsItsProgramEndsNothing() throws IOException {
    String text =
        """
        public class NAME implements java.util.function.Supplier<String> {
          static final double HALF = .5; // takes two places among the constants
          static final long MANY = 1L << 40;
          public NAME() { CONSTRUCTOR }
          public String get() { WORK }
        }
        """;
    drop(
        "Begins.java",
        text.replace("NAME", "Begins")
            .replace("CONSTRUCTOR", "System.exit(3);")
            .replace("WORK", "return \"\";"));
    drop(
        "Works.java",
        text.replace("NAME", "Works")
            .replace("CONSTRUCTOR", "")
            .replace(
                "WORK",
                "java.util.function.IntConsumer end = System::exit; end.accept(7); return MANY +"
                    + " \"\" + HALF;"));
    drop(
        "Zeroes.java",
        text.replace("NAME", "Zeroes")
            .replace("CONSTRUCTOR", "")
            .replace(
                "WORK",
                "java.util.function.ObjIntConsumer<Runtime> end = Runtime::halt;"
                    + " if (MANY > 0) Runtime.getRuntime().exit(8);"
                    + " end.accept(Runtime.getRuntime(), 9); return \"\";"));
    List<PluginFile> files = plugins.files();
    Supplier<?> zeroes = files.get(2).made(Supplier.class).get(0);
    assertThatThrownBy(zeroes::get).hasMessageContaining("exit(8)");
    assertThat(files.get(0).lines())
        .containsExactly(
            "plugins/Begins.java: Begins cannot be used: its constructor fails"
                + " (java.lang.IllegalStateException: System.exit(3) would end Picasso for"
                + " everybody; a plugin that cannot go on throws an exception). Mend the file, or"
                + " take it out.");
    Supplier<?> works = files.get(1).made(Supplier.class).get(0);
    assertThatThrownBy(works::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("System.exit(7)")
        .satisfies(
            fault ->
                assertThat(fault.getStackTrace())
                    .anySatisfy(at -> assertThat(at.getFileName()).isEqualTo("Works.java")));
  }

  @Test
  void aClassThatDoesNotEndAnythingStaysAsItIs() throws IOException {
    try (InputStream in =
        Optional.ofNullable(PluginFolder.class.getResourceAsStream("PluginFolder.class"))
            .orElseThrow()) {
      byte[] code = in.readAllBytes();
      assertThat(ExitCalls.refusedIn(code)).isSameAs(code);
    }
    byte[] broken = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 61, 0, 9, 99};
    assertThat(ExitCalls.refusedIn(broken)).isSameAs(broken);
  }

  @Test
  void whoAsksWhileAnotherWaitsForAPluginThatHangsHearsWhatThereWas() throws Exception {
    drop("\"one\"");
    assertThat(said()).isEqualTo("one");
    drop(
        "Slow.java",
        """
        public class Slow implements java.util.function.Supplier<String> {
          public Slow() throws Exception {
            Path.GATE.await();
          }
          public String get() { return ""; }
        }
        class Path {
          static final java.util.concurrent.CountDownLatch GATE =
              (java.util.concurrent.CountDownLatch) System.getProperties().get("picasso.gate");
        }
        """);
    var gate = new java.util.concurrent.CountDownLatch(1);
    System.getProperties().put("picasso.gate", gate);
    try {
      CompletableFuture<List<PluginFile>> waiting = CompletableFuture.supplyAsync(plugins::files);
      while (!plugins.isLoading()) {
        Thread.onSpinWait();
      }
      assertThat(plugins.files()).hasSize(1);
      gate.countDown();
      assertThat(waiting.get()).hasSize(2);
    } finally {
      gate.countDown();
      System.getProperties().remove("picasso.gate");
    }
  }

  @Test
  void aTemplateBesideAFileIsSeenByItsClassesAndReadAnewWhenItChanges() throws IOException {
    drop(
        "Mine.java",
        """
        package some.where;
        public class Mine implements java.util.function.Supplier<Object> {
          public Object get() { return getClass().getResourceAsStream("mine.peb"); }
        }
        """);
    for (String text : List.of("<p>one</p>", "<p>another</p>")) {
      drop("mine.peb", text);
      try (InputStream in = (InputStream) said()) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
      }
    }
  }

  @Test
  void whatGoesWrongAtWorkIsToldWithItsLine() throws IOException {
    drop("String.valueOf(1 / \"\".length())");
    Supplier<?> mine = made();
    assertThatThrownBy(mine::get)
        .satisfies(fault -> PluginFolder.tell(mine, "It failed (" + fault + ")", fault));
    assertThat(only().failures())
        .singleElement()
        .satisfies(
            trouble -> {
              assertThat(trouble.line()).hasValue(3);
              assertThat(trouble.words())
                  .isEqualTo(
                      "It failed (java.lang.ArithmeticException: / by zero) at Mine.java:3.");
            });
    drop("\"mended\"");
    assertThat(only().failures()).isEmpty();
  }

  @Test
  void classesAreFoundByName() throws Exception {
    drop("\"one\"");
    assertThat(plugins.classes().loadClass("Mine")).isEqualTo(made().getClass());
    assertThatThrownBy(() -> plugins.classes().loadClass("Nowhere"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
