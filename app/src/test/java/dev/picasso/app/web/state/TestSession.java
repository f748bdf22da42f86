package dev.picasso.app.web.state;

import dev.picasso.model.config.ServerSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.imageio.ImageIO;

/** A person's session without a server, and an image in it. */
public final class TestSession {
  private TestSession() {}

  /** A session whose files lie in a folder. */
  public static Session in(Path folder) {
    return new Sessions(
            folder,
            Duration.ofMinutes(30),
            new Limits(5, 5, 5, 5, 5, 5, 1, 1),
            ServerSettings.Bounds.defaults(),
            Clock.systemUTC())
        .begin();
  }

  /** The file of a small black image. */
  static byte[] png() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }

  /** Adds such an image. */
  static StoredImage image(ImageStore images, Session session) throws IOException {
    byte[] png = png();
    return images.add(session, "x.png", png.length, file -> Files.write(file, png));
  }
}
