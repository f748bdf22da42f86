package dev.picasso.image;

/** The channels that a model takes, in their order. */
public enum ColourMode {
  RGB(3),
  BGR(3),
  /** Red, green, blue, and the file's fourth channel as it is: transparency, or near infrared. */
  RGBA(4),
  /** Blue, green, red, and the file's fourth channel as it is. */
  BGRA(4),
  /** One channel: 0.299 R + 0.587 G + 0.114 B, as in ITU-R BT.601. */
  GRAY(1);

  private final int channels;

  ColourMode(int channels) {
    this.channels = channels;
  }

  /** Number of channels. */
  public int channels() {
    return channels;
  }

  /** Which of red 0, green 1, blue 2, the fourth 3 the model's channel holds; of a grey, any. */
  int source(int channel) {
    return (this == BGR || this == BGRA) && channel < 3 ? 2 - channel : channel;
  }

  /** The brightness of a colour; of a grey, itself. */
  static float grey(float red, float green, float blue) {
    return red == green && green == blue ? red : (float) (.299 * red + .587 * green + .114 * blue);
  }
}
