package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.PicassoException;
import dev.picasso.app.report.ClassNames;
import dev.picasso.visualization.Visualization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What tells runs of one model and one method apart: the settings that are not as they come, and
 * which classes were asked for; how many images failed; and of which run one is the rest. Kept runs
 * do not change, so each is read once.
 */
final class RunSettings {
  /** More are forgotten, and read again. */
  private static final int MOST = 2000;

  /** Of more images the page asks for one class each where nobody says how many. */
  private static final int MANY = 20;

  /** An id of a method among the settings of it, as in "occlusion(patch=16, stride=8)". */
  private static final Pattern ID = Pattern.compile("(?<![\\w=.-])[a-z][a-z0-9-]*(?![\\w=.-])");

  private final RunHistory history;
  private final Map<String, Told> known = new ConcurrentHashMap<>();

  /**
   * What is told of a run.
   *
   * @param words as in "layer conv4, 50 samples"; empty where all is as it comes
   * @param failed how many of its images have no results, but the reason
   * @param restOf the run that it went on with
   */
  record Told(String words, int failed, Optional<String> restOf) {
    private static final Told NOTHING = new Told("", 0, Optional.empty());
  }

  RunSettings(RunHistory history) {
    this.history = history;
  }

  /** What is told of a kept run; nothing where it cannot be read. */
  Told of(String id) {
    if (known.size() > MOST) {
      known.clear();
    }
    return known.computeIfAbsent(id, this::read);
  }

  private Told read(String id) {
    try {
      return history.kept(id).map(this::told).orElse(Told.NOTHING);
    } catch (PicassoException e) {
      return Told.NOTHING; // its page says what is wrong with it
    }
  }

  private Told told(StoredRun run) {
    JsonNode restOf = run.order().path(RunJson.REST_OF);
    return new Told(
        words(run),
        run.json().path("failed").size(),
        Optional.of(restOf).filter(JsonNode::isTextual).map(JsonNode::asText));
  }

  private String words(StoredRun run) {
    JsonNode asked = run.order();
    List<String> words = new ArrayList<>();
    for (JsonNode setting : run.visualization().path("settings")) {
      String value = asked.path("settings").path(setting.path("name").asText()).asText();
      if (!value.isEmpty() && !value.equals(setting.path("initial").asText())) {
        words.add(setting(setting, value));
      }
    }
    JsonNode inputs = asked.path("inputs");
    if (inputs.isArray()) {
      words.add("inputs " + texts(inputs));
    } else if (inputs.isTextual()) {
      words.add("all inputs");
    }
    ClassNames names = ClassNames.of(run.model());
    JsonNode classes = asked.path("classes");
    Optional<String> chosen = names.asked(classes, true);
    if (chosen.isPresent()) {
      boolean listed = classes.isArray() && !names.labels().isEmpty();
      words.add((!listed ? "" : classes.size() == 1 ? "class " : "classes ") + chosen.get());
    } else if (classes.isTextual()) {
      words.add("true labels");
    } else if (asked.path("top").asInt() != usualTop(run)) {
      int top = asked.path("top").asInt();
      words.add(top + (top == 1 ? " class" : " classes"));
    }
    return String.join(", ", words);
  }

  /** A setting in words; methods by their titles, as people read them elsewhere. */
  private String setting(JsonNode setting, String value) {
    String label = begunSmall(setting.path("label").asText());
    return switch (setting.path("kind").asText()) {
      case "flag" -> label + (value.equals("true") ? " on" : " off");
      case "choice" ->
          label + " " + (title(value).equals(value) ? value.replace('-', ' ') : title(value));
      case "text" ->
          label
              + " "
              + ID.matcher(value).replaceAll(m -> Matcher.quoteReplacement(title(m.group())));
      default -> label + " " + value;
    };
  }

  private String title(String id) {
    return history.visualizations().all().stream()
        .filter(v -> v.id().equals(id))
        .map(Visualization::title)
        .findFirst()
        .orElse(id);
  }

  /** As in the middle of a sentence; what is spelled in capitals stays. */
  private static String begunSmall(String label) {
    boolean capitals = label.split(" ", 2)[0].chars().skip(1).anyMatch(Character::isUpperCase);
    return capitals || label.isEmpty()
        ? label
        : Character.toLowerCase(label.charAt(0)) + label.substring(1);
  }

  /** How many classes are shown where nobody says: as the method does, else the model. */
  private static int usualTop(StoredRun run) {
    return run.total() > MANY
        ? 1
        : run.visualization().path("top").asInt(run.model().path("top").asInt());
  }

  private static String texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }
}
