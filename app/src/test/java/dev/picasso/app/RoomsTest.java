package dev.picasso.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the two front ends may know. */
class RoomsTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.picasso");

  @Test
  void theEngineKnowsNoFrontEnd() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.picasso.app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.picasso.app..", "picocli..", "io.javalin..", "io.pebbletemplates..")
        .check(ALL);
  }

  @Test
  void theWebPartKnowsNoCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("dev.picasso.app.web..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.picasso.app.cli..", "picocli..")
        .allowEmptyShould(true)
        .check(ALL);
  }

  @Test
  void whatKeepsRunsKnowsNoFrontEnd() {
    noClasses()
        .that()
        .resideInAPackage("dev.picasso.app.archive..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.picasso.app.cli..", "dev.picasso.app.web..", "picocli..", "io.javalin..")
        .check(ALL);
  }

  @Test
  void onlyTheArchiveKnowsTheDatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.picasso.app.archive..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.sqlite..")
        .check(ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Run", "Gradient", "Inspect", "Convert", "Predict", "Explain"})
  void commandsThatServeNothingReachNothingOfTheWebPart(String command) {
    JavaClass start = ALL.get("dev.picasso.app.cli." + command + "Command");
    assertThat(reached(start))
        .extracting(JavaClass::getName)
        .contains("dev.picasso.model.ModelLoader")
        .noneMatch(n -> n.startsWith("dev.picasso.app.web."))
        .noneMatch(n -> n.startsWith("io.javalin.") || n.startsWith("io.pebbletemplates."));
  }

  /** All classes that one depends on, and what these depend on. */
  private static Set<JavaClass> reached(JavaClass start) {
    Set<JavaClass> seen = new LinkedHashSet<>();
    Deque<JavaClass> open = new ArrayDeque<>();
    open.add(start);
    while (!open.isEmpty()) {
      JavaClass next = open.remove();
      if (seen.add(next)) {
        next.getDirectDependenciesFromSelf().stream()
            .map(Dependency::getTargetClass)
            .filter(c -> !c.getName().equals("dev.picasso.app.cli.Picasso"))
            .forEach(open::add);
      }
    }
    return seen;
  }
}
