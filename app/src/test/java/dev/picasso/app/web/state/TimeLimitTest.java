package dev.picasso.app.web.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.app.web.SlowModel;
import dev.picasso.app.web.wire.ClientAddress;
import dev.picasso.image.Window;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.Device;
import dev.picasso.visualization.testkit.TestModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of strangers that compute for hours keep nobody waiting for hours. */
class TimeLimitTest {
  private static final TimeLimit SHORT = new TimeLimit(Duration.ofMillis(300));
  private static final TimeLimit LONG = new TimeLimit(Duration.ofMinutes(10));

  @TempDir Path folder;

  private static String endless(Stop stop) {
    while (true) {
      stop.check();
      Thread.onSpinWait();
    }
  }

  @Test
  void workThatIsDoneInTimeIsNotStopped() {
    Stop stop = new Stop();
    assertThat(LONG.within(stop, () -> "done")).isEqualTo("done");
    assertThat(stop.isRequested()).isFalse();
    assertThat(LONG.atMost(Duration.ofSeconds(1)).longest()).isEqualTo(Duration.ofSeconds(1));
    assertThat(SHORT.atMost(Duration.ofSeconds(1))).isEqualTo(SHORT);
  }

  @Test
  void workThatTakesTooLongIsEndedInWords() {
    TimeLimit second = new TimeLimit(Duration.ofSeconds(1));
    Stop stop = new Stop();
    assertThatThrownBy(() -> second.within(stop, () -> endless(stop)))
        .isInstanceOf(TookTooLongException.class)
        .hasMessageStartingWith("This was ended after 1 s, the longest that it may take here.");
  }

  @Test
  void whoStopsWorkBeforeIsNotToldThatItTookTooLong() {
    Stop stop = new Stop();
    stop.request();
    assertThatThrownBy(() -> LONG.within(stop, () -> endless(stop)))
        .isExactlyInstanceOf(StoppedException.class);
  }

  @Test
  void aModelThatTakesTooLongToBeReadMakesRoomForTheNext() throws Exception {
    try (ModelLoading loading =
        new ModelLoading(Device.CPU, List::of, SHORT, ImageDecoder.standard())) {
      var slow =
          loading.load(
              ConfiguredModel.of(SlowModel.toLoad(folder.resolve("constants.onnx"))), new Stop());
      assertThatThrownBy(slow::get)
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("constants: is not loaded after 0 s, the longest that this may");
    }
    try (ModelLoading loading =
        new ModelLoading(Device.CPU, List::of, LONG, ImageDecoder.standard())) {
      Stop gone = new Stop();
      var slow =
          loading.load(
              ConfiguredModel.of(SlowModel.toLoad(folder.resolve("constants.onnx"))), gone);
      gone.request(); // as when the person takes the model away
      var next = loading.load(ConfiguredModel.of(TestModel.COLOUR.write(folder)), new Stop());
      assertThatThrownBy(slow::get).hasCauseInstanceOf(StoppedException.class);
      next.get().close();
    }
  }

  @Test
  void aWhatIfThatTakesTooLongGivesWayAndMayBeAskedAgain() throws Exception {
    Session session = TestSession.in(folder);
    ImageStore images = new ImageStore(ImageDecoder.standard(), new Thrift());
    StoredImage image = TestSession.image(images, session);
    Supposing supposing = new Supposing(images, SHORT);
    Supposition box = new Supposition.Hidden(new Window(1, 1, 2, 2), "grey");
    ClientAddress here = ClientAddress.of("192.0.2.1");
    try (ModelLoading loading = new ModelLoading(Device.CPU);
        ServedModel slow =
            new ServedModel(
                ConfiguredModel.of(SlowModel.write(folder.resolve("slow.onnx"))), loading)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> supposing.suppose(session, here, slow, image, box))
            .isInstanceOf(TookTooLongException.class);
      }
    }
  }
}
