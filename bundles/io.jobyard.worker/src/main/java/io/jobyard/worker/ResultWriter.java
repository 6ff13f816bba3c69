// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.spi.json.JsonNumbers;
import io.jobyard.spi.text.BoundedOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes results of one handler, and results of its steps. */
final class ResultWriter {

    private final HandlerMapper json;

    ResultWriter(HandlerMapper json) {
        this.json = json;
    }

    /** Converts a handler's own value to a result. Writes the value once before, to check that it is finite. */
    Map<String, Object> object(Object value, int maxBytes) {
        try {
            json.write(value, maxBytes);
            return json.mapper.convertValue(value, HandlerMapper.OBJECT);
        } catch (BoundedOutput.FullException e) {
            throw tooLarge("the result", e);
        } catch (IOException | IllegalArgumentException e) {
            Throwable cause = e instanceof IllegalArgumentException ? e.getCause() : e;
            String problem = cause instanceof JsonProcessingException fault
                    ? HandlerMapper.where("result", fault) + ": " + fault.getOriginalMessage()
                    : ": " + e.getMessage();
            throw new PermanentException(
                    "the result " + value.getClass().getSimpleName() + " cannot be written as a JSON object" + problem,
                    e);
        }
    }

    /** Returns the JSON form of a result, with each text, name and number redacted; unchanged without a redaction. */
    String result(@Nullable Map<String, Object> result, @Nullable RunRedaction redaction, int maxBytes) {
        if (result == null) {
            throw new PermanentException("the handler returned null: return Map.of() for an empty result");
        }
        return value("the result", result, redaction, maxBytes);
    }

    /** Writes any value in the same way, with its name in exceptions. */
    String value(String what, Object value, @Nullable RunRedaction redaction, int maxBytes) {
        Written written = written(what, value, maxBytes);
        if (written.problem() != null) {
            throw unfit(what, written.problem(), redaction != null);
        } else if (redaction == null) {
            return written.text();
        }
        try {
            return json.text(redacted(json.mapper.readTree(written.text()), redaction), maxBytes);
        } catch (IOException e) {
            throw unwritable(what, e);
        }
    }

    private static PermanentException unfit(String what, String problem, boolean isSecret) {
        String where = problem.startsWith("/") ? " at " + problem : problem;
        return new PermanentException(
                isSecret
                        ? what
                                + " contains a number that JSON cannot represent, for example NaN or a number with too many"
                                + " digits: return it as text. Its position is withheld, because the job uses secrets"
                        : what + " is not valid" + where);
    }

    private static JsonNode redacted(JsonNode node, RunRedaction redaction) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(member ->
                            object.set(redaction.text(member.getKey()), redacted(member.getValue(), redaction)));
            return object;
        } else if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(redacted(element, redaction)));
            return array;
        } else if (!node.isTextual() && !node.isNumber()) {
            return node;
        }
        String text = node.isNumber() ? redaction.number(node.asText()) : redaction.text(node.asText());
        return text.equals(node.asText()) ? node : JsonNodeFactory.instance.textNode(text);
    }

    /** Text of a value, or its problem, for example the first number that JSON cannot represent. */
    private record Written(String text, @Nullable String problem) {}

    private Written written(String what, Object value, int maxBytes) {
        Optional<String> tooLong = JsonNumbers.tooLong(value, maxBytes);
        if (tooLong.isPresent()) {
            return new Written("", tooLong.get());
        }
        try {
            String text = json.text(value, maxBytes);
            return new Written(text, JsonNumbers.problem(text).orElse(null));
        } catch (IOException e) {
            throw unwritable(what, e);
        }
    }

    private static PermanentException unwritable(String what, IOException e) {
        if (e instanceof BoundedOutput.FullException full) {
            return tooLarge(what, full);
        }
        String fault = e instanceof JsonProcessingException wrong
                ? HandlerMapper.where("", wrong) + ": " + wrong.getOriginalMessage()
                : ": " + e.getMessage();
        return new PermanentException(what + " cannot be written as JSON" + fault, e);
    }

    private static PermanentException tooLarge(String what, BoundedOutput.FullException e) {
        return new PermanentException(what + " has " + e.getMessage()
                + ", the value of max.result.bytes: store the data elsewhere and return a reference, or raise"
                + " max.result.bytes in io.jobyard.scheduler");
    }
}
