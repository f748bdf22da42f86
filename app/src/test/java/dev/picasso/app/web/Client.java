package dev.picasso.app.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One person's browser, as far as tests need it. */
final class Client {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String BOUNDARY = "----picasso-test";

  /** A file to send. */
  record Upload(String name, byte[] content) {}

  /** What came back. */
  record Answer(int status, byte[] body, HttpResponse<byte[]> response) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(text(), e);
      }
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The words of an error of version 1. */
    String problem() {
      return json().path("error").path("message").asText();
    }
  }

  private final CookieManager cookies = new CookieManager();
  private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();
  private final String address;

  Client(String address) {
    this.address = address;
  }

  /** The only cookie, as a request sends it. */
  String cookie() {
    return cookies.getCookieStore().getCookies().get(0).toString();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(60));
  }

  Answer send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path) {
    return send(request(path).build());
  }

  Answer delete(String path) {
    return send(request(path).DELETE().build());
  }

  Answer patch(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  Answer post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  Answer post(String path, Object value) {
    try {
      return post(path, MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer upload(String path, Upload... files) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Upload file : files) {
      body.writeBytes(
          ("--"
                  + BOUNDARY
                  + "\r\nContent-Disposition: form-data; name=\"file\"; filename"
                  + (file.name().startsWith("UTF-8''")
                      ? "*=" + file.name()
                      : "=\"" + file.name() + "\"")
                  + "\r\nContent-Type: application/octet-stream\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(file.content());
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build());
  }

  /** Adds an image that must be taken, and returns its id. */
  String image(String name, byte[] content) {
    return upload("/api/v1/images", new Upload(name, content)).json().at("/images/0/id").asText();
  }

  /** The run once so many of its images have results. */
  JsonNode finished(String run, int images) {
    long end = System.nanoTime() + 30_000_000_000L;
    JsonNode now = get("/api/v1/runs/" + run).json();
    while (now.path("finished").asInt() < images) {
      if (System.nanoTime() > end || !now.path("state").asText().equals("running")) {
        throw new AssertionError(now.toString());
      }
      now = get("/api/v1/runs/" + run).json();
    }
    return now;
  }

  /** The run once it has ended. */
  JsonNode ended(String run) {
    get("/api/v1/runs/" + run + "/events"); // the stream ends with the run
    return get("/api/v1/runs/" + run).json();
  }
}
