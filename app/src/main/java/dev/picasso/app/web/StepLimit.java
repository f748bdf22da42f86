package dev.picasso.app.web;

import dev.picasso.settings.SettingException;
import dev.picasso.settings.SettingException.Wrong;
import dev.picasso.visualization.Visualization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What whoever serves allows a method to be asked for, beside the method's own range. */
final class StepLimit {
  /** As a setting of its own, or within the name of a method: "rise(masks=4000)". */
  private static final Pattern COUNT = Pattern.compile("\\b(steps|samples|masks)=(\\d+)");

  private StepLimit() {}

  /**
   * Refuses more.
   *
   * @throws SettingException naming each setting
   */
  static void require(Visualization<?> visualization, Map<String, String> settings, int most) {
    List<Wrong> wrong = new ArrayList<>();
    settings.forEach(
        (name, value) -> {
          Matcher count = COUNT.matcher(name + "=" + value);
          while (count.find()) {
            if (isMore(count.group(2), most)) {
              wrong.add(
                  new Wrong(
                      name,
                      "%s: %s is %s; this server allows at most %d."
                          .formatted(visualization.title(), count.group(1), count.group(2), most)));
            }
          }
        });
    if (!wrong.isEmpty()) {
      throw new SettingException(wrong);
    }
  }

  private static boolean isMore(String digits, int most) {
    String number = digits.replaceFirst("^0+(?=\\d)", "");
    return number.length() > 9 || Integer.parseInt(number) > most;
  }
}
