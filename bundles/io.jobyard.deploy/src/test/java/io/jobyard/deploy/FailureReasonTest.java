// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FailureReasonTest {

    private final Exception failure = new IllegalStateException(
            "outer\nsecond line", new RuntimeException(new IllegalArgumentException("the key file is missing\nlook")));

    @Test
    void theInnermostCauseIsToldInOneLine() {
        assertThat(FailureReason.of(failure)).isEqualTo("IllegalArgumentException: the key file is missing");
        assertThat(FailureReason.of(new NullPointerException())).isEqualTo("NullPointerException");
    }

    @Test
    void aTraceAsTextSaysTheSame() {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(FailureReason.of(trace.toString())).isEqualTo("IllegalArgumentException: the key file is missing");
    }

    @Test
    void aLongOneIsCut() {
        assertThat(FailureReason.of(new IllegalStateException("x".repeat(10_000))))
                .hasSize(301)
                .endsWith("x…");
    }
}
