// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.jobyard.spi.text.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON for people and programs: control characters and other hidden ones are escaped, decimals have no exponent. Takes maps, lists,
 * texts, numbers and nulls.
 */
public final class JsonWriter {

    private static final ObjectWriter COMPACT = new ObjectMapper(JsonFactory.builder()
                    .addDecorator((factory, generator) -> new PlainNumbers(generator))
                    .build())
            .writer();
    private static final ObjectWriter PRETTY = COMPACT.withDefaultPrettyPrinter();

    private JsonWriter() {}

    /**
     * One line.
     *
     * @param value what to write; null for JSON's null
     * @return JSON without line breaks
     */
    public static String compact(Object value) {
        return write(COMPACT, value);
    }

    /**
     * Several lines, indented.
     *
     * @param value what to write; null for JSON's null
     * @return JSON as people read it
     */
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
