package dev.picasso.app.web.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.app.web.wire.ClientAddress;
import dev.picasso.image.Window;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.Device;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of images from question to question. */
class SupposingTest {
  @TempDir Path folder;

  @Test
  void whatIsKeptOfAModelGoesWithIt() throws IOException {
    Session session = TestSession.in(folder);
    ImageStore images = new ImageStore(ImageDecoder.standard(), new Thrift());
    StoredImage image = TestSession.image(images, session);
    Supposing supposing = new Supposing(images, TimeLimit.NONE);
    Supposition box = new Supposition.Hidden(new Window(1, 1, 2, 2), "grey");
    ClientAddress here = ClientAddress.of("192.0.2.1");
    ConfiguredModel colour = ConfiguredModel.of(TestModel.COLOUR.write(folder));
    try (ModelLoading loading = new ModelLoading(Device.CPU)) {
      for (int i = 0; i < 2; i++) {
        try (ServedModel model = new ServedModel(colour, loading)) {
          assertThat(supposing.suppose(session, here, model, image, box).pixels()).isPositive();
          assertThat(supposing.suppose(session, here, model, image, box).pixels()).isPositive();
          assertThat(supposing.kept()).isEqualTo(1);
        }
      }
    }
  }
}
