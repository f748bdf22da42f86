package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.runtime.Device;
import java.util.Optional;

/** What {@code --device} means. */
final class DeviceOption {
  static final String HELP =
      "Where models run: " + Device.WORDS + ". Default: what the picasso.yaml says, else cpu.";

  private DeviceOption() {}

  /**
   * The device that was named, if one was.
   *
   * @throws PicassoException if there is none of that name
   */
  static Optional<Device> parse(Optional<String> given) {
    return given.map(
        text ->
            Device.parse(text)
                .orElseThrow(
                    () ->
                        new PicassoException(
                            "--device is " + text + "; it must be " + Device.WORDS + ".")));
  }
}
