package dev.picasso.visualization.settings;

import dev.picasso.PicassoException;
import java.util.List;

/** Settings that cannot be used; a sentence for each of them. */
public class SettingException extends PicassoException {
  private static final long serialVersionUID = 1L;

  public SettingException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
