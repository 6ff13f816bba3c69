// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import io.jobyard.api.handler.PermanentException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON Schema that a model's answer must match. External schemas are not fetched. */
public final class AnswerSchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_TOLD = 5;

    /** Keywords whose messages quote text invented by the model, which must not be logged. */
    private static final Set<String> QUOTING =
            Set.of("additionalProperties", "unevaluatedProperties", "propertyNames", "dependentRequired");

    private final Schema schema;

    private AnswerSchema(Schema schema) {
        this.schema = schema;
    }

    /**
     * Reads a schema.
     *
     * @param what name of the schema, for messages
     * @throws PermanentException if the schema is invalid; the message contains the location
     */
    public static AnswerSchema of(String what, Map<String, Object> json) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        JsonNode tree = JSON.valueToTree(json);
        try {
            List<Error> errors = registry.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12))
                    .validate(tree);
            if (errors.isEmpty()) {
                Schema schema = registry.getSchema(tree);
                schema.initializeValidators();
                return new AnswerSchema(schema);
            }
            throw new PermanentException(
                    "invalid JSON Schema in " + what + " at '" + errors.get(0).getInstanceLocation() + "': "
                            + errors.get(0).getMessage());
        } catch (PermanentException e) {
            throw e;
        } catch (RuntimeException e) { // for example, an unresolvable reference or an invalid pattern
            throw new PermanentException("invalid JSON Schema in " + what + ": "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /**
     * Checked answer.
     *
     * @param json its value; null if the answer is not JSON
     * @param problems problems with their locations, for the model; empty if the answer matches
     * @param positions the same problems for users, without text that the model invented
     */
    public record CheckedAnswer(@Nullable JsonNode json, List<String> problems, List<String> positions) {

        public boolean fits() {
            return problems.isEmpty();
        }
    }

    public CheckedAnswer check(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            json = null;
        }
        if (json == null || json.isMissingNode()) {
            return new CheckedAnswer(null, List.of("it is not JSON"), List.of("it is not JSON"));
        }
        List<Error> errors = schema.validate(json).stream().limit(MOST_TOLD).toList();
        return new CheckedAnswer(
                json,
                errors.stream().map(AnswerSchema::problem).toList(),
                errors.stream().map(AnswerSchema::position).toList());
    }

    private static String problem(Error error) {
        return "at '" + error.getInstanceLocation() + "': " + error.getMessage();
    }

    private static String position(Error error) {
        return QUOTING.contains(error.getKeyword())
                ? "at '" + error.getInstanceLocation() + "': violates " + error.getKeyword()
                : problem(error);
    }
}
