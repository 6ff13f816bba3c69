// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.jobyard.spi.text.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * Writer of JSON for people and programs. It escapes control characters and other hidden characters, and writes decimals without an
 * exponent. Accepts maps, lists, texts, numbers and nulls.
 */
public final class JsonWriter {

    private static final ObjectWriter COMPACT = new ObjectMapper(JsonFactory.builder()
                    .addDecorator((factory, generator) -> new PlainNumbers(generator))
                    .build())
            .writer();
    private static final ObjectWriter PRETTY = COMPACT.withDefaultPrettyPrinter();

    private JsonWriter() {}

    /** Writes JSON without line breaks; null for JSON null. */
    public static String compact(Object value) {
        return write(COMPACT, value);
    }

    /** Writes JSON on several lines, indented. */
    public static String pretty(@Nullable Object value) {
        return write(PRETTY, value);
    }

    private static String write(ObjectWriter writer, @Nullable Object value) {
        try {
            return VisibleText.lines(writer.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
