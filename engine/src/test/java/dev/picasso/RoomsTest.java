package dev.picasso;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.implement;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.picasso.visualization.Visualization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms of the engine, and which of them each may know. */
class RoomsTest {
  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .importUrl(Words.class.getProtectionDomain().getCodeSource().getLocation());

  /** Each room with the rooms that it may know, beside the words and errors of all. */
  private static final Map<String, List<String>> KNOWS = new LinkedHashMap<>();

  static {
    KNOWS.put("graph", List.of());
    KNOWS.put("plugin", List.of());
    KNOWS.put("gradient", List.of("graph"));
    KNOWS.put("region", List.of("graph"));
    KNOWS.put("format", List.of("graph"));
    KNOWS.put("runtime", List.of("graph", "format.onnx"));
    KNOWS.put("image", List.of("graph"));
    KNOWS.put("model", List.of("graph", "format", "runtime", "image", "plugin"));
    KNOWS.put("doctor", List.of("graph", "format", "runtime", "image", "model"));
    KNOWS.put("catalogue", List.of("format", "image", "model"));
    KNOWS.put("settings", List.of());
    KNOWS.put(
        "attribution",
        List.of("graph", "gradient", "region", "format", "runtime", "image", "model", "settings"));
    KNOWS.put(
        "visualization",
        List.of(
            "graph",
            "plugin",
            "gradient",
            "format",
            "runtime",
            "image",
            "model",
            "settings",
            "attribution"));
    KNOWS.put(
        "belief",
        List.of(
            "graph",
            "format",
            "runtime",
            "image",
            "model",
            "settings",
            "attribution",
            "visualization"));
    KNOWS.put(
        "run",
        List.of(
            "graph",
            "format",
            "runtime",
            "image",
            "model",
            "settings",
            "attribution",
            "visualization",
            "belief"));
  }

  /** What programs and plugins may build on; all else may change from version to version. */
  private static final String[] API = {
    "dev.picasso",
    "dev.picasso.run",
    "dev.picasso.plugin",
    "dev.picasso.visualization..",
    "dev.picasso.belief..",
    "dev.picasso.attribution..",
    "dev.picasso.settings",
    "dev.picasso.image",
    "dev.picasso.image.decode",
    "dev.picasso.image.draw",
    "dev.picasso.image.segments",
    "dev.picasso.model",
    "dev.picasso.model.config",
    "dev.picasso.model.layers",
    "dev.picasso.model.receptive",
    "dev.picasso.runtime",
    "dev.picasso.gradient",
    "dev.picasso.graph",
    "dev.picasso.format",
    "dev.picasso.format.npy"
  };

  static Stream<String> rooms() {
    return KNOWS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomKnowsThoseBeforeItOnly(String room) {
    String[] allowed =
        Stream.concat(Stream.of(room), KNOWS.getOrDefault(room, List.of()).stream())
            .map(r -> "dev.picasso." + r + "..")
            .toArray(String[]::new);
    String[] all =
        KNOWS.keySet().stream().map(r -> "dev.picasso." + r + "..").toArray(String[]::new);
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("dev.picasso." + room + "..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(all).and(not(resideInAnyPackage(allowed))));
    rule.check(ENGINE);
  }

  @Test
  void everyClassLivesInARoom() {
    String[] all =
        Stream.concat(
                Stream.of("dev.picasso"),
                KNOWS.keySet().stream().map(r -> "dev.picasso." + r + ".."))
            .toArray(String[]::new);
    classes().should().resideInAnyPackage(all).check(ENGINE);
  }

  @Test
  void importersKnowNothingOfOneAnother() {
    slices()
        .matching("dev.picasso.format.(keras|onnx|tensorflow|tflite)..")
        .should()
        .notDependOnEachOther()
        .check(ENGINE);
  }

  @Test
  void whatImportersShareKnowsNoImporter() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.picasso.format.layout..",
            "dev.picasso.format.functions..",
            "dev.picasso.format.tfjs..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.picasso.format.keras..",
            "dev.picasso.format.onnx..",
            "dev.picasso.format.tensorflow..",
            "dev.picasso.format.tflite..")
        .check(ENGINE);
  }

  @Test
  void onlyTheRuntimeKnowsOnnxRuntime() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.picasso.runtime..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .check(ENGINE);
  }

  @Test
  void onlyTheImportersKnowTheirFileFormats() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.picasso.format..", "dev.picasso.belief.evaluation")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.jhdf..")
        .check(ENGINE);
  }

  @Test
  void nothingIsRememberedBetweenCalls() {
    fields()
        .that()
        .areStatic()
        .and()
        .areNotFinal()
        .should()
        .bePrivate()
        .andShould()
        .haveNameStartingWith("$") // written by compilers and coverage
        .allowEmptyShould(true)
        .check(ENGINE);
    fields()
        .that()
        .areDeclaredInClassesThat(implement(Visualization.class))
        .and()
        .areDeclaredInClassesThat(describe("are no records", c -> !c.isRecord()))
        .should()
        .beStatic()
        .allowEmptyShould(true)
        .check(ENGINE);
  }

  /** Who uses the API needs no class that is none. */
  @Test
  void whatTheApiShowsIsApi() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(resideInAnyPackage(API).and(are(publicOnes())))
        .should(new ShowApi(API))
        .check(ENGINE);
  }

  private static DescribedPredicate<JavaClass> publicOnes() {
    return DescribedPredicate.describe(
        "public", c -> c.getModifiers().contains(JavaModifier.PUBLIC));
  }

  /** All of our types that a method takes or gives are in these packages. */
  private static final class ShowApi extends ArchCondition<JavaMethod> {
    private final DescribedPredicate<JavaClass> inside;

    ShowApi(String... packages) {
      super("show nothing but the API");
      inside = resideInAnyPackage(packages);
    }

    @Override
    public void check(JavaMethod method, ConditionEvents events) {
      Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
          .flatMap(type -> type.getAllInvolvedRawTypes().stream())
          .filter(type -> type.getPackageName().startsWith("dev.picasso"))
          .filter(type -> !inside.test(type))
          .forEach(
              type ->
                  events.add(
                      SimpleConditionEvent.violated(
                          method, method.getFullName() + " shows " + type.getName())));
    }
  }
}
