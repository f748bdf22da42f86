package dev.picasso.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What plugins may build on stays: {@code docs/plugin-api.txt} has the types and all their public
 * signatures. With {@code -Dpicasso.api=write} the file is written anew; a change then needs a row
 * in the table of versions in {@code docs/extending.md}, which ends with the mark of the file.
 */
class PluginApiTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Path LIST = DOCS.resolve("plugin-api.txt");
  private static final Pattern TYPE =
      Pattern.compile("^(?:class|interface|record|enum|annotation) (\\S+)", Pattern.MULTILINE);
  private static final Pattern IMPORT =
      Pattern.compile("^import (dev\\.picasso\\.[\\w.]+);", Pattern.MULTILINE);

  private static List<Class<?>> types() throws IOException {
    List<Class<?>> types = new ArrayList<>();
    for (Matcher m = TYPE.matcher(Files.readString(LIST)); m.find(); ) {
      try {
        types.add(Class.forName(m.group(1)));
      } catch (ClassNotFoundException e) {
        throw new AssertionError(
            m.group(1) + " was promised to plugins and is gone; docs/extending.md, Versions.", e);
      }
    }
    return types;
  }

  @Test
  void nothingThatPluginsBuildOnHasChanged() throws IOException {
    String now = types().stream().map(PluginApiTest::lines).collect(Collectors.joining("\n"));
    if (System.getProperty("picasso.api", "").equals("write")) {
      Files.writeString(LIST, now);
    }
    assertThat(now)
        .as(
            "the signatures of docs/plugin-api.txt. Plugins are built on them: bring them back, or"
                + " run this test with -Dpicasso.api=write and say in docs/extending.md, Versions,"
                + " what is new")
        .isEqualTo(Files.readString(LIST));
  }

  @Test
  void eachChangeHasARowInTheTableOfVersions() throws IOException {
    List<String> rows =
        Files.readString(DOCS.resolve("extending.md"))
            .lines()
            .filter(line -> line.matches("\\| \\d+ \\|.*\\| `[0-9a-f]{8}` \\|"))
            .toList();
    assertThat(rows).isNotEmpty();
    assertThat(rows.get(rows.size() - 1))
        .as("the last row of the table of versions ends with the mark of plugin-api.txt")
        .endsWith("| `" + mark(Files.readString(LIST)) + "` |");
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).startsWith("| " + (i + 1) + " |");
    }
  }

  /** What guides and templates show people is promised. */
  @Test
  void whatTheGuidesUseIsPromised() throws IOException {
    Set<String> promised = new TreeSet<>();
    types().forEach(type -> promised.add(type.getName()));
    List<Path> shown = new ArrayList<>();
    for (String page : List.of("adding-a-visualization.md", "adding-a-method.md", "extending.md")) {
      shown.add(DOCS.resolve(page));
    }
    try (Stream<Path> files =
        Files.list(Path.of("../app/src/main/resources/dev/picasso/app/cli/new"))) {
      files.forEach(shown::add);
    }
    assertThat(shown).hasSizeGreaterThan(3);
    for (Path file : shown) {
      for (Matcher m = IMPORT.matcher(Files.readString(file)); m.find(); ) {
        assertThat(promised).as(file.toString()).contains(m.group(1));
      }
    }
  }

  private static String mark(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String lines(Class<?> type) {
    List<String> members = new ArrayList<>();
    for (Object constant : type.isEnum() ? type.getEnumConstants() : new Object[0]) {
      members.add(((Enum<?>) constant).name());
    }
    for (Constructor<?> c : type.getDeclaredConstructors()) {
      if (isSeen(c.getModifiers()) && !type.isEnum()) {
        members.add("new(" + names(c.getGenericParameterTypes()) + ")");
      }
    }
    for (Method m : type.getDeclaredMethods()) {
      if (isSeen(m.getModifiers()) && !m.isSynthetic() && !isUsual(m, type)) {
        members.add(
            (Modifier.isStatic(m.getModifiers()) ? "static " : "")
                + (type.isInterface() && Modifier.isAbstract(m.getModifiers()) ? "abstract " : "")
                + name(m.getGenericReturnType())
                + " "
                + m.getName()
                + "("
                + names(m.getGenericParameterTypes())
                + ")");
      }
    }
    return kind(type)
        + " "
        + type.getName()
        + "\n"
        + members.stream().sorted().map(line -> "    " + line + "\n").collect(Collectors.joining());
  }

  private static String kind(Class<?> type) {
    return type.isAnnotation()
        ? "annotation"
        : type.isInterface()
            ? "interface"
            : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** What every record and every enum has. */
  private static boolean isUsual(Method m, Class<?> type) {
    return Set.of("equals", "hashCode", "toString").contains(m.getName())
        || type.isEnum() && Set.of("values", "valueOf").contains(m.getName());
  }

  private static String names(Type... types) {
    return Arrays.stream(types).map(PluginApiTest::name).collect(Collectors.joining(", "));
  }

  private static String name(Type type) {
    return type.getTypeName().replaceAll("java\\.(lang|util)\\.(?=[A-Z])", "");
  }
}
