// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ShortenedErrorTest {

    private static final String LARGE = "x".repeat(30_000_000);

    @Test
    void anErrorOfAReasonableSizeIsLoggedAsItIs() {
        Exception usual = new IllegalStateException("outer", new RuntimeException("x".repeat(10_000)));
        usual.addSuppressed(new RuntimeException("y"));
        assertThat(ShortenedError.of(usual)).isSameAs(usual);
    }

    @Test
    void aLargeOneIsLoggedWithItsNamesItsPlacesAndTheBeginningsOfItsMessages() {
        Exception large = new IllegalStateException("outer", new RuntimeException(LARGE));
        String logged = logged(large);
        assertThat(logged)
                .hasSizeLessThan(100_000)
                .contains("java.lang.IllegalStateException: outer")
                .contains("Caused by: ", "java.lang.RuntimeException: " + "x".repeat(1_000) + "…")
                .contains("ShortenedErrorTest.java:");
    }

    @Test
    void itIsBoundedHoweverItIsLarge() {
        Exception suppressed = new Exception("a");
        suppressed.addSuppressed(new Exception(LARGE));
        Exception deep = new Exception("bottom");
        for (int i = 0; i < 100_000; i++) {
            deep = new Exception("b", deep);
        }
        Exception positions = new Exception("c");
        positions.setStackTrace(new StackTraceElement[] {new StackTraceElement(LARGE, "m", "f", 1)});
        Exception talkative = new Exception("d") {
            private static final long serialVersionUID = 1L;

            @Override
            public String toString() {
                return LARGE;
            }
        };
        for (Exception large : new Exception[] {suppressed, deep, positions, talkative}) {
            assertThat(logged(large)).hasSizeLessThan(100_000);
        }
    }

    private static String logged(Throwable thrown) {
        StringWriter text = new StringWriter();
        ShortenedError.of(thrown).printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
