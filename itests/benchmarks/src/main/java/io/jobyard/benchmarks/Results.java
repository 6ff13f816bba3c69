// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** How results are written. */
public final class Results {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Results() {}

    /** Writes what was measured as JSON, with the Java and the processors it was measured on. */
    public static void write(Path file, boolean quick, String name, Object measured) throws IOException {
        JSON.writeValue(
                file.toFile(),
                Map.of(
                        "java",
                        Runtime.version().toString(),
                        "processors",
                        Runtime.getRuntime().availableProcessors(),
                        "quick",
                        quick,
                        name,
                        measured));
    }

    /** A number as tables show it. */
    public static String text(double number) {
        return String.format(Locale.ROOT, number < 100 ? "%.2f" : "%,.0f", number);
    }
}
