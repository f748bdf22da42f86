package dev.picasso.run;

import dev.picasso.attribution.Attribution;
import dev.picasso.belief.Check;
import dev.picasso.belief.Judgement;
import dev.picasso.image.Prediction;
import java.util.List;

/**
 * What checks found of one method's map of one image.
 *
 * @param index among the images of the run
 * @param image its name
 * @param sha256 of the bytes that were decoded; empty where there were none
 * @param about the class that is explained
 * @param checks those that were made, in the order of the findings
 * @param warnings what a person should know before believing any of it, a sentence each
 */
public record Judged(
    int index,
    String image,
    String sha256,
    Prediction about,
    Attribution method,
    List<Check> checks,
    Judgement judgement,
    List<String> warnings) {
  public Judged {
    checks = List.copyOf(checks);
    warnings = List.copyOf(warnings);
  }
}
