package dev.picasso.model.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** YAML as nodes that know their lines; no object is ever made from a tag. */
final class YamlFile {
  private static final int LARGEST = 1 << 20;
  private static final int DEEPEST = 20;
  private static final int MOST_ALIASES = 100;

  private YamlFile() {}

  /**
   * The root of a file; empty for an empty one.
   *
   * @throws ConfigurationException if the file is missing, too large, or no YAML
   */
  static Optional<Node> read(Path file, String name) {
    return parse(text(file, name), name);
  }

  /**
   * The root of a text; empty for an empty one.
   *
   * @throws ConfigurationException if it is too large, or no YAML
   */
  static Optional<Node> parse(String text, String name) {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(LARGEST);
    limits.setNestingDepthLimit(DEEPEST);
    limits.setMaxAliasesForCollections(MOST_ALIASES);
    try {
      return Optional.ofNullable(new Yaml(limits).compose(new StringReader(text)));
    } catch (MarkedYAMLException e) {
      int line = Optional.ofNullable(e.getProblemMark()).map(Mark::getLine).orElse(0) + 1;
      throw new ConfigurationException(name + ", line " + line + ": " + e.getProblem() + ".");
    } catch (YAMLException e) {
      throw new ConfigurationException(name + ": " + e.getMessage());
    }
  }

  private static String text(Path file, String name) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new ConfigurationException(file + ": there is no such file.");
      }
      if (Files.size(file) > LARGEST) {
        throw new ConfigurationException(name + ": is larger than 1 MB; this is no configuration.");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(name + ": is no text in UTF-8.");
    } catch (IOException e) {
      throw new ConfigurationException(name + ": cannot be read: " + e.getMessage());
    }
  }
}
