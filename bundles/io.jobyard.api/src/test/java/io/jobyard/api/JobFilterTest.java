// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobFilterTest {

    @Test
    void severalValuesAreSaidInTheirOrderAndEachOnce() {
        JobFilter filter = JobFilter.ALL
                .withStatus(JobStatus.CANCELLED, JobStatus.FAILED, JobStatus.CANCELLED)
                .withType("sleep", "echo", "sleep");
        assertThat(filter.state().statuses()).containsExactly(JobStatus.FAILED, JobStatus.CANCELLED);
        assertThat(filter.types()).containsExactly("echo", "sleep");
        assertThat(filter).hasToString("status failed or cancelled, type echo or sleep");
        assertThat(filter)
                .isEqualTo(JobFilter.ALL
                        .withStatus(JobStatus.FAILED, JobStatus.CANCELLED)
                        .withType("echo", "sleep"));
    }

    @Test
    void noValueIsEveryJob() {
        assertThat(JobFilter.ALL.withStatus(JobStatus.FAILED).withStatus())
                .isEqualTo(JobFilter.ALL)
                .hasToString("all");
    }

    @Test
    void anEmptyTextAndTooManyValuesAreRefused() {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> JobFilter.ALL.withQueue("a", ""))
                .withMessage("invalid queue ''; set a value, or omit it to match all");
        String[] most = IntStream.range(0, 20).mapToObj(n -> "user" + n).toArray(String[]::new);
        assertThat(JobFilter.ALL.withSubmitter(most).submitters()).hasSize(20);
        String[] more = IntStream.range(0, 21).mapToObj(n -> "user" + n).toArray(String[]::new);
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> JobFilter.ALL.withSubmitter(more))
                .withMessage("too many values: submitter has 21; use at most 20");
    }

    @Test
    void aReasonIsReadWithBlanksOrHyphens() {
        assertThat(Reason.of("rate limited"))
                .isSameAs(Reason.of("Rate-Limited"))
                .isSameAs(Reason.RATE_LIMITED);
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> Reason.of("lunch"))
                .withMessageStartingWith("unknown reason 'lunch'; use one of dependencies, time, ");
    }
}
