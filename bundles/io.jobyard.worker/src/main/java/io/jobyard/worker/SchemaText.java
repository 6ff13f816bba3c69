// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.DialectId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parser for JSON Schemas that reports the location of an error. */
final class SchemaText {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Reads each meta-schema once. It never sees the schemas of bundles, whose {@code $id} may be equal. Safe for several threads. */
    private static final SchemaRegistry META_SCHEMAS = SchemaMarks.registry();

    private SchemaText() {}

    static Schema read(String text) {
        JsonNode json = json(text);
        try {
            String draft = json.path("$schema").asText(DialectId.DRAFT_2020_12);
            List<Error> errors =
                    META_SCHEMAS.getSchema(SchemaLocation.of(draft)).validate(json);
            if (errors.isEmpty()) {
                Schema schema = SchemaMarks.registry().getSchema(json);
                schema.initializeValidators(); // resolves its references now, not at the first job
                return schema;
            }
            throw invalid(
                    String.valueOf(errors.get(0).getInstanceLocation()),
                    errors.get(0).getMessage());
        } catch (InvalidSchemaException e) {
            throw e;
        } catch (RuntimeException e) { // for example, an unresolved reference or an invalid pattern
            throw invalid("", firstLine(e.getMessage()));
        }
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            String problem = firstLine(e.getOriginalMessage()).replaceFirst(" \\(start marker at .*", "");
            throw invalid(
                    "line " + where.getLineNr() + ", column " + where.getColumnNr(), "it is not JSON: " + problem);
        }
    }

    private static InvalidSchemaException invalid(String where, String problem) {
        return new InvalidSchemaException("is invalid" + (where.isEmpty() ? "" : " at " + where) + ": " + problem);
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    /** Thrown for an invalid schema, with the location and the problem. */
    private static final class InvalidSchemaException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        InvalidSchemaException(String message) {
            super(message);
        }
    }
}
