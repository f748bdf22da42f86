package dev.picasso.app.report;

import java.util.Map;

/** How a page has the files of results: in itself, or where they can be asked for. */
public interface ReportFiles {
  /** Where a picture is, for the page. */
  String picture(String name);

  /** What a map's element tells of its numbers, by name of the attribute. */
  Map<String, String> numbers(String array);

  /**
   * Those that a server sends.
   *
   * @param folder address of the files, with a slash at its end
   */
  static ReportFiles at(String folder) {
    return new ReportFiles() {
      @Override
      public String picture(String name) {
        return folder + name;
      }

      @Override
      public Map<String, String> numbers(String array) {
        return Map.of("data-array", folder + array);
      }
    };
  }
}
