package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.app.web.state.Library;
import dev.picasso.app.web.state.ModelLoading;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.TestSession;
import dev.picasso.image.Preset;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.SentConfiguration;
import dev.picasso.runtime.Device;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of one model that were made at once: each saw it as it was before the other. */
class ModelChangesTest {
  private static final String LABELS = "{labels: [rot, grün, blau]}";

  @TempDir Path folder;

  private final ModelLoading loading = new ModelLoading(Device.CPU);
  private Library library = new Library(List.of(), loading);
  private Session session;
  private ServedModel model;
  private ModelChanges changes;

  @BeforeEach
  void open() throws IOException {
    session = TestSession.in(folder.resolve("session"));
    library =
        new Library(
            List.of(
                ConfiguredModel.of(ColourModel.write(folder.resolve("everybodys.onnx"))),
                pair(folder.resolve("pair.onnx"))),
            loading);
    changes = new ModelChanges(library);
    model =
        new ServedModel(
            ConfiguredModel.of(ColourModel.write(session.newFolder().resolve("mine.onnx"))),
            loading);
    assertThat(session.addModel(model)).isTrue();
  }

  private ConfiguredModel pair(Path file) throws IOException {
    return ConfiguredModel.of(HeldTest.product(file, 2))
        .holding(Map.of("b", picture("red.png", Color.RED)));
  }

  private Path picture(String name, Color colour) throws IOException {
    return Files.write(folder.resolve(name), Pictures.png(8, 8, colour));
  }

  @AfterEach
  void close() {
    session.reset();
    library.close();
    loading.close();
  }

  private static SentConfiguration said(ServedModel of, String parts) {
    return SentConfiguration.parts(parts, of.configured());
  }

  private ConfiguredModel now(ServedModel of) {
    return session.model(of.id()).orElseThrow().configured();
  }

  @Test
  void ofDifferentPartsBothAreTaken() {
    for (ServedModel each : List.of(model, library.find("everybodys").orElseThrow())) {
      SentConfiguration first = said(each, LABELS);
      SentConfiguration second = said(each, "{preprocessing: {preset: tf}, head: sigmoid}");
      ServedModel one = changes.apply(session, each, first);
      ServedModel both = changes.apply(session, each, second);
      assertThat(now(each)).isEqualTo(both.configured());
      assertThat(now(each).request().labels()).containsExactly("rot", "grün", "blau");
      assertThat(now(each).preprocessing().preset()).contains(Preset.TF);
      assertThat(now(each).request().head()).isPresent();
      assertThat(one.problem()).as("the one in between is closed").isPresent();
    }
  }

  @Test
  void ofOnePartTheLaterIsRefusedAndChangesNothing() {
    SentConfiguration second = said(model, "{labels: [x, y, z], preprocessing: {preset: tf}}");
    ServedModel one = changes.apply(session, model, said(model, LABELS));
    assertThatThrownBy(() -> changes.apply(session, model, second))
        .isInstanceOfSatisfying(HttpProblem.class, e -> assertThat(e.status()).isEqualTo(409))
        .hasMessageContaining("changed at the same time")
        .hasMessageContaining("labels")
        .hasMessageNotContaining("preprocessing");
    assertThat(session.model(model.id())).contains(one);
    assertThat(one.configured().preprocessing().preset()).isEmpty();
  }

  @Test
  void ofTwoThatSayTheSameBothAreTaken() {
    ServedModel one = changes.apply(session, model, said(model, LABELS));
    ServedModel two = changes.apply(session, model, said(model, LABELS));
    assertThat(two.configured()).isEqualTo(one.configured());
  }

  @Test
  void whatInputsHoldIsOnePart() throws IOException {
    ServedModel pair = library.find("pair").orElseThrow();
    SentConfiguration turned =
        new SentConfiguration(
            pair.configured().holdingOnly(Map.of("a", folder.resolve("red.png"))), List.of());
    SentConfiguration other =
        new SentConfiguration(
            pair.configured().holdingOnly(Map.of("b", picture("blue.png", Color.BLUE))), List.of());
    ServedModel one = changes.apply(session, pair, turned);
    assertThatThrownBy(() -> changes.apply(session, pair, other))
        .isInstanceOfSatisfying(HttpProblem.class, e -> assertThat(e.status()).isEqualTo(409))
        .hasMessageContaining("what inputs hold");
    assertThat(session.model("pair")).contains(one);
  }

  @Test
  void aModelThatIsRemovedMeanwhileStaysRemoved() {
    SentConfiguration change = said(model, LABELS);
    session.removeModel(model.id());
    assertThatThrownBy(() -> changes.apply(session, model, change))
        .isInstanceOfSatisfying(HttpProblem.class, e -> assertThat(e.status()).isEqualTo(404));
    assertThat(session.models()).isEmpty();
  }

  @Test
  void whatIsRemovedIsTheModelAsItWasChangedLast() {
    ServedModel changed = changes.apply(session, model, said(model, LABELS));
    session.removeModel(model.id());
    assertThat(session.models()).isEmpty();
    assertThat(changed.problem()).contains("mine is gone.");
    assertThat(model.configured().request().path()).doesNotExist();
  }

  @Test
  void everybodysIsAsItWasWhereItsChangesAreTakenBackMeanwhile() {
    ServedModel everybodys = library.find("everybodys").orElseThrow();
    ServedModel one = changes.apply(session, everybodys, said(everybodys, LABELS));
    SentConfiguration second = said(one, "{head: sigmoid}");
    session.removeModel(one.id());
    ServedModel two = changes.apply(session, one, second);
    assertThat(two.configured().request().labels()).isEmpty();
    assertThat(two.configured().request().head()).isPresent();
  }
}
