package dev.picasso.settings;

import dev.picasso.PicassoException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used; each with the sentence that says why. */
public class SettingException extends PicassoException {
  private static final long serialVersionUID = 2L;

  /**
   * A setting that cannot be used.
   *
   * @param setting its name, as it was given where there is no such setting
   * @param sentence what is wrong with it, and what it may be
   */
  public record Wrong(String setting, String sentence) implements Serializable {}

  /** Kept as an array: exceptions are serializable, lists need not be. */
  private final Wrong[] wrong;

  public SettingException(List<Wrong> wrong) {
    super(wrong.stream().map(Wrong::sentence).collect(Collectors.joining("\n")));
    this.wrong = wrong.toArray(Wrong[]::new);
  }

  /** One setting that cannot be used. */
  public static SettingException of(String setting, String sentence) {
    return new SettingException(List.of(new Wrong(setting, sentence)));
  }

  /** Each setting that cannot be used. */
  public List<Wrong> wrong() {
    return List.of(wrong);
  }

  /** One sentence for each setting. */
  public List<String> problems() {
    return wrong().stream().map(Wrong::sentence).toList();
  }
}
