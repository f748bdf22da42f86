package dev.picasso.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@link Tally} in words, which are the same wherever it is told. Labels stand in them as files
 * have them: whoever shows them escapes them.
 *
 * @param counted as in "13 of 200 wrong, accuracy 93.5 %"; the space before the sign does not break
 * @param mostOften as in "most often tank taken for no tank (7)"; empty where nothing is wrong
 * @param unknown as in "3 more without a label that is a class of the model"; empty where there are
 *     none
 */
public record TallyWords(String counted, Optional<String> mostOften, Optional<String> unknown) {
  /**
   * The words for a tally.
   *
   * @param tally as {@link Tally#json} has it
   */
  public static TallyWords of(JsonNode tally) {
    int judged = tally.path("judged").asInt();
    if (judged == 0) {
      return new TallyWords(
          "None of the labels is a class of the model", Optional.empty(), Optional.empty());
    }
    String counted =
        String.format(
            Locale.ROOT,
            "%d of %d wrong, accuracy %.1f\u00a0%%",
            tally.path("wrong").asInt(),
            judged,
            100 * tally.path("accuracy").asDouble());
    return new TallyWords(
        counted,
        Optional.of(tally.at("/confusions/0")).filter(JsonNode::isObject).map(TallyWords::most),
        Optional.of(tally.path("unknown").asInt())
            .filter(images -> images > 0)
            .map(images -> images + " more without a label that is a class of the model"));
  }

  private static String most(JsonNode confusion) {
    return "most often %s taken for %s (%d)"
        .formatted(
            confusion.at("/truth/label").asText(),
            confusion.at("/told/label").asText(),
            confusion.path("count").asInt());
  }

  /** All of it, with a full stop. */
  public String sentence() {
    return counted
        + mostOften.map(words -> ", " + words).orElse("")
        + unknown.map(words -> "; " + words).orElse("")
        + ".";
  }
}
