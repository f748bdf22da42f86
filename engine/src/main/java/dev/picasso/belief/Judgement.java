package dev.picasso.belief;

import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.StoppedException;
import dev.picasso.attribution.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What all checks found of one map.
 *
 * @param findings one for each check, in the order of the checks
 */
public record Judgement(List<Finding> findings) {
  public Judgement {
    findings = List.copyOf(findings);
  }

  /** Makes checks one after another; one that cannot be made says so, and the others go on. */
  public static Judgement of(Subject subject, List<Check> checks, Progress progress) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      Check check = checks.get(i);
      Progress share = progress.part((double) i / checks.size(), (i + 1.) / checks.size());
      findings.add(found(check, subject, share));
      share.done(1);
    }
    return new Judgement(findings);
  }

  private static Finding found(Check check, Subject subject, Progress progress) {
    try {
      return check.check(subject, progress);
    } catch (StoppedException | MachineException e) {
      throw e;
    } catch (PicassoException e) {
      return Finding.impossible(check, String.valueOf(e.getMessage()));
    }
  }

  /** In one line, as in "follows the weights: yes · stable: no". */
  public String summary() {
    return findings.stream().map(Finding::summary).collect(Collectors.joining(" · "));
  }

  /**
   * A number that was found.
   *
   * @param name a check's id, a dot and the measure's name, as in "deletion.area"
   */
  public Optional<Measure> measure(String name) {
    return findings.stream()
        .flatMap(f -> f.measures().stream().filter(m -> (f.check() + "." + m.name()).equals(name)))
        .findFirst();
  }
}
