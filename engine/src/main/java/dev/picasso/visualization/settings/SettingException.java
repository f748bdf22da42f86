package dev.picasso.visualization.settings;

import dev.picasso.PicassoException;
import java.util.List;

/** Settings that cannot be used; a sentence for each of them. */
public class SettingException extends PicassoException {
  private static final long serialVersionUID = 1L;

  /** Kept as an array: exceptions are serializable, lists need not be. */
  private final String[] problems;

  public SettingException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = problems.toArray(String[]::new);
  }

  /** One sentence for each setting. */
  public List<String> problems() {
    return List.of(problems);
  }
}
