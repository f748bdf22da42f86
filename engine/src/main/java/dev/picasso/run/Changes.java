package dev.picasso.run;

import dev.picasso.visualization.ResultJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is not as it was when results were made.
 *
 * @param grave what makes other numbers for certain, or nearly, a sentence each
 * @param slight what may change last digits, or nothing
 */
public record Changes(List<String> grave, List<String> slight) {
  private static final String NOT_SAID =
      "The results do not say which model %s was; whether it is the same cannot be told.";

  public Changes {
    grave = List.copyOf(grave);
    slight = List.copyOf(slight);
  }

  /** Compares where results came from with where they would come from now. */
  public static Changes between(Provenance before, Provenance now) {
    List<String> grave = new ArrayList<>();
    List<String> slight = new ArrayList<>();
    model("The model", before.model(), now.model(), grave, slight);
    if (before.preprocessing().isEmpty()) {
      slight.add("The results do not say how images were prepared.");
    } else {
      facts(texts(before.preprocessing()), texts(now.preprocessing()))
          .forEach(c -> grave.add("Images are prepared otherwise: " + c + "."));
    }
    for (String input : now.held().keySet()) { // of the image itself it is said above
      Map<String, Object> is = now.explained().getOrDefault(input, Map.of());
      facts(texts(before.explained().getOrDefault(input, is)), texts(is))
          .forEach(c -> grave.add("What %s holds is prepared otherwise: %s.".formatted(input, c)));
    }
    if (!before.held().equals(now.held())) {
      grave.add("The model's other inputs hold other files than they did.");
    }
    now.others()
        .forEach(
            (name, is) ->
                Optional.ofNullable(before.others().get(name))
                    .ifPresentOrElse(
                        was -> beside(name, was, is, grave, slight),
                        () -> slight.add(NOT_SAID.formatted(name))));
    facts(before.settings(), now.settings())
        .forEach(c -> slight.add("The settings are not quite those of then: " + c + "."));
    Map<String, String> then = machine(before);
    machine(now)
        .forEach(
            (what, is) -> {
              String was = then.getOrDefault(what, "");
              if (!was.isEmpty() && !was.equals(is)) {
                slight.add("%s is %s now, and was %s.".formatted(what, is, was));
              }
            });
    return new Changes(grave, slight);
  }

  private static void beside(
      String name,
      Provenance.Beside was,
      Provenance.Beside is,
      List<String> grave,
      List<String> slight) {
    model("The model beside it, " + name + ",", was.model(), is.model(), grave, slight);
    facts(texts(was.preprocessing()), texts(is.preprocessing()))
        .forEach(c -> grave.add("Images are prepared otherwise for %s: %s.".formatted(name, c)));
    if (!was.held().equals(is.held())) {
      grave.add("The other inputs of %s hold other files than they did.".formatted(name));
    }
  }

  private static void model(
      String subject,
      Provenance.OfModel before,
      Provenance.OfModel now,
      List<String> grave,
      List<String> slight) {
    boolean sameFiles = !now.sha256().isEmpty() && before.sha256().equals(now.sha256());
    boolean sameGraph = before.graph().equals(now.graph());
    if (before.graph().isEmpty() ? !sameFiles : !sameGraph) {
      grave.add(
          "%s is another one: %s has the hash %s, and the results are of %s with %s."
              .formatted(
                  subject,
                  now.file(),
                  before.graph().isEmpty() ? shown(now.sha256()) : shown(now.graph()),
                  before.file(),
                  before.graph().isEmpty() ? shown(before.sha256()) : shown(before.graph())));
    } else if (!sameFiles && !before.sha256().isEmpty()) {
      slight.add(
          "%s has other files now, but neither its operations nor its numbers have changed."
              .formatted(subject));
    }
  }

  private static String shown(String hash) {
    return hash.isEmpty() ? "none" : hash.substring(0, Math.min(12, hash.length())) + "…";
  }

  private static Map<String, String> texts(Map<String, Object> facts) {
    Map<String, String> texts = new LinkedHashMap<>();
    facts.forEach((name, fact) -> texts.put(name, ResultJson.value(fact).toString()));
    return texts;
  }

  private static List<String> facts(Map<String, String> before, Map<String, String> now) {
    List<String> changed = new ArrayList<>();
    now.forEach(
        (name, is) -> {
          String was = before.get(name);
          if (was == null) {
            changed.add(name + " is " + is + " now, and was not said");
          } else if (!was.equals(is)) {
            changed.add(name + " is " + is + " now, and was " + was);
          }
        });
    return changed;
  }

  private static Map<String, String> machine(Provenance of) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("The version of Picasso", of.picasso());
    facts.put("The version of ONNX Runtime", of.machine().onnxRuntime());
    facts.put("The version of Java", of.machine().java());
    facts.put("The system", of.machine().system());
    facts.put("The number of cores", of.machine().cores() == 0 ? "" : "" + of.machine().cores());
    return facts;
  }
}
