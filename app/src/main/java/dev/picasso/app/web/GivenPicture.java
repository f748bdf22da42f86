package dev.picasso.app.web;

import dev.picasso.image.DecodedImage;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Picture;
import dev.picasso.image.PreparedImage;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.draw.Canvas;
import dev.picasso.visualization.ReadyModel;

/**
 * An image as a network receives it, made from the numbers that it is fed with: cropped, resized,
 * and with dark and bright exchanged where the network sees it so. Colours stand at their places,
 * whatever the order of the channels.
 */
final class GivenPicture {
  private GivenPicture() {}

  /** The picture as PNG, a pixel for each of the model's. */
  static byte[] png(ReadyModel model, DecodedImage image) {
    ImagePreprocessor way = model.input().preprocessor();
    PreparedImage prepared = model.prepare(image).prepared();
    Picture shown = way.denormalize(prepared.x(), 0);
    boolean exchanged = way instanceof Preprocessor p && p.settings().scale() < 0;
    return Canvas.of(exchanged ? exchanged(shown) : shown).png();
  }

  private static Picture exchanged(Picture picture) {
    float[] samples = new float[3 * picture.width() * picture.height()];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / 3;
      int x = pixel % picture.width();
      samples[i] = 255 - picture.sample(x, pixel / picture.width(), i % 3);
    }
    return Picture.of(picture.width(), picture.height(), samples);
  }
}
