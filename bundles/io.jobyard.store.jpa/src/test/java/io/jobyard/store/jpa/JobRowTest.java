// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Job;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.api.spi.Bookkeeping;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.testkit.store.Draft;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.persistence.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobRowTest {

    private static final Instant T = Draft.T0;

    /** No value of it is null, empty, 0 or false. */
    private static final StoredJob JOB = new StoredJob(
            new Job(
                    Draft.id(),
                    "ada",
                    T.plusSeconds(1),
                    new JobTerms(
                            "echo",
                            "fast",
                            3,
                            Duration.ofSeconds(7),
                            4,
                            DependencyPolicy.CANCEL,
                            T.plusSeconds(2),
                            T.plusSeconds(3),
                            "key",
                            Map.of("a", "b"),
                            "[1,2)",
                            List.of("tokens"),
                            Map.of("tokens", 5.0)),
                    new JobState(
                            JobStatus.FAILED,
                            Reason.ERROR,
                            5,
                            6,
                            T.plusSeconds(4),
                            T.plusSeconds(5),
                            T.plusSeconds(6),
                            "broken",
                            "host:1",
                            "slow")),
            new Bookkeeping(7, 8, 9, true, UUID.randomUUID(), T.plusSeconds(7), T.plusSeconds(8)));

    @Test
    void aRowIsTheJobItWasMadeOf() {
        assertThat(JobRow.of(JOB).toStored()).isEqualTo(JOB);
        assertThat(columns())
                .allSatisfy(column -> assertThat(value(column, JobRow.of(JOB))).isNotIn(null, 0, 0L, false, ""));
    }

    @ParameterizedTest
    @EnumSource(UpdateScope.class)
    void eachColumnThatAMoveWritesHasItsValue(UpdateScope scope) {
        assertThat(columns().filter(scope::writes))
                .isNotEmpty()
                .allSatisfy(column ->
                        assertThat(value(column, JobRow.moved(JOB, scope))).isEqualTo(value(column, JobRow.of(JOB))));
    }

    private static Stream<Field> columns() {
        return Stream.of(JobRow.class.getDeclaredFields()).filter(field -> field.isAnnotationPresent(Column.class));
    }

    private static Object value(Field column, JobRow row) {
        try {
            column.setAccessible(true);
            return column.get(row);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
