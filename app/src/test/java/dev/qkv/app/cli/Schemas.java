package dev.qkv.app.cli;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schemas that the program carries, and whether documents keep them. */
public final class Schemas {
  public static final List<String> NAMES =
      List.of(
          "common-1",
          "solve-1",
          "check-1",
          "certify-1",
          "mistakes-1",
          "train-1",
          "attend-1",
          "bench-1",
          "page-1");

  private static final String ADDRESS = "https://qkv.dev/schema/";
  private static final JsonMapper JSON = new JsonMapper();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemas(
                  address -> address.startsWith(ADDRESS) ? text(name(address)) : null));

  private Schemas() {}

  private static String name(String address) {
    return address.substring(ADDRESS.length(), address.lastIndexOf(".json"));
  }

  /** A schema as it is in the jar. */
  static String text(String name) {
    try (InputStream in = Qkv.class.getResourceAsStream("/dev/qkv/app/schema/" + name + ".json")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode tree(String document) {
    return JSON.readTree(document);
  }

  /** What of the schema that a document names it does not keep. */
  public static List<Error> violations(JsonNode document) {
    return REGISTRY
        .getSchema(SchemaLocation.of(document.get("schema").asString()))
        .validate(document);
  }

  /** What of the dialect's own schema a schema does not keep. */
  static List<Error> violationsOf(String schema) {
    return REGISTRY
        .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()))
        .validate(schema, InputFormat.JSON);
  }
}
