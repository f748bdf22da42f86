package dev.picasso.model.config;

import dev.picasso.PicassoException;
import java.util.List;

/** A configuration that cannot be used; a sentence with file and line for each problem. */
public class ConfigurationException extends PicassoException {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
  }

  public ConfigurationException(String problem) {
    super(problem);
  }
}
