// SPDX-License-Identifier: Apache-2.0
package io.jobyard.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ThrowableProxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisibleStackTraceTest {

    private static final String FORGED = "x\n2030-01-01T00:00:00.000Z INFO  [main] all is well\r\u009b2J\u202e";

    private final VisibleStackTrace converter = new VisibleStackTrace();

    @BeforeEach
    void start() {
        converter.start();
    }

    @Test
    void noLineOfAStackTraceCanBeTakenForALineOfTheLog() {
        Exception thrown = new IllegalStateException(FORGED, new IllegalArgumentException(FORGED));
        thrown.addSuppressed(new IllegalStateException(FORGED));
        String text = converter.throwableProxyToString(new ThrowableProxy(thrown));
        assertThat(text).endsWith("\n").doesNotContain("\r", "\u009b", "\u202e");
        assertThat(text.lines())
                .allMatch(line -> line.startsWith("\t"))
                .contains(
                        "\tjava.lang.IllegalStateException: x",
                        "\t2030-01-01T00:00:00.000Z INFO  [main] all is well\\r\\u009b2J\\u202e",
                        "\tCaused by: java.lang.IllegalArgumentException: x")
                .anyMatch(line -> line.startsWith("\t\tat " + VisibleStackTraceTest.class.getName()));
    }

    @Test
    void aMessageIsOneLine() {
        assertThat(new VisibleLine().transform(null, FORGED))
                .isEqualTo("x\\n2030-01-01T00:00:00.000Z INFO  [main] all is well\\r\\u009b2J\\u202e");
    }
}
