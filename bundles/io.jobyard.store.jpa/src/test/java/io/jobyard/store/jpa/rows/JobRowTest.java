// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Fire;
import io.jobyard.api.Job;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.JobVersions;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.incarnation.Incarnation;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.testkit.store.Draft;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import javax.persistence.Column;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobRowTest {

    private static final Instant T = Draft.T0;
    private static final Incarnation LIFE = new Incarnation(UUID.randomUUID(), "host:1", 12);
    private static final Incarnations LIVES = lives();

    /** No value of it is null, empty, 0 or false. */
    private static final StoredJob JOB = new StoredJob(
            new Job(
                    Draft.id(),
                    "ada",
                    T.plusSeconds(1),
                    new JobTerms(
                            "echo",
                            new JobTerms.RoutingTerms("fast", 3, "[1,2)"),
                            new JobTerms.RunRules(Duration.ofSeconds(7), 4),
                            new JobTerms.DependencyTerms(
                                    DependencyPolicy.CANCEL, Map.of(Draft.id(), DependencyPolicy.RUN)),
                            new JobTerms.JobTimes(T.plusSeconds(2), T.plusSeconds(3), T.plusSeconds(10)),
                            new JobTerms.Identity(
                                    "key",
                                    T.plusSeconds(11),
                                    Map.of("a", "b"),
                                    new Fire("nightly", T.plusSeconds(9)),
                                    "night",
                                    "nights"),
                            new JobTerms.JobDemand(List.of("tokens"), Map.of("tokens", 5.0))),
                    new JobState(
                            JobStatus.RUNNING,
                            Reason.ERROR,
                            T.plusSeconds(4),
                            T.plusSeconds(6),
                            "broken",
                            new JobState.RunState(5, 6, T.plusSeconds(5), "host:1", "slow", "1.3.0"))),
            new SchedulingState(
                    7,
                    8,
                    9,
                    true,
                    LIFE.id(),
                    T.plusSeconds(7),
                    T.plusSeconds(8),
                    new JobVersions("1.2.1", "1.2.0", true)));

    @Test
    void aRowIsTheJobItWasMadeOf() {
        assertThat(JobRow.of(JOB, LIVES).toStored(LIVES)).isEqualTo(JOB);
        assertThat(columns())
                .allSatisfy(column ->
                        assertThat(value(column, JobRow.of(JOB, LIVES))).isNotIn(null, 0, 0L, false, ""));
    }

    @ParameterizedTest
    @EnumSource(UpdateScope.class)
    void eachColumnThatAMoveWritesHasItsValue(UpdateScope scope) {
        assertThat(columns().filter(scope::writes))
                .isNotEmpty()
                .allSatisfy(column -> assertThat(value(column, JobRow.moved(JOB, JOB, scope, LIVES)))
                        .isEqualTo(value(column, JobRow.of(JOB, LIVES))));
    }

    /** Whatever a move changes. */
    @Test
    void theScopeOfAMoveWritesAllThatItChanges() {
        for (int seed = 0; seed < 20_000; seed++) {
            Move move = move(new Random(seed));
            UpdateScope scope = UpdateScope.of(move);
            JobRow before = JobRow.of(move.before(), LIVES);
            JobRow after = JobRow.of(move.after(), LIVES);
            assertThat(columns().filter(column -> !Objects.deepEquals(value(column, before), value(column, after))))
                    .as("seed %d, %s", seed, scope)
                    .allMatch(scope::writes);
        }
    }

    @Test
    void theFirstStartAndACleanEndWriteTheLeast() {
        SchedulingState books = new SchedulingState(1, 0, 0, false, null, T, null);
        Job queued = job(state(JobStatus.QUEUED, 0, null, null, null));
        StoredJob waits = new StoredJob(queued, books);
        Move start = new Move(
                waits,
                state(JobStatus.RUNNING, 1, null, LIFE.host(), "1.3.0"),
                new SchedulingState(2, 0, 0, false, LIFE.id(), T, null, JobVersions.NONE.withCanary(true)),
                null,
                null,
                EdgeChange.NONE);
        Move end = new Move(
                start.after(),
                state(JobStatus.COMPLETED, 1, T.plusSeconds(9), LIFE.host(), "1.3.0"),
                new SchedulingState(3, 0, 0, false, null, T, null, JobVersions.NONE.withCanary(true)),
                null,
                "{}",
                EdgeChange.NONE);
        assertThat(UpdateScope.of(start)).isEqualTo(UpdateScope.START);
        assertThat(UpdateScope.of(end)).isEqualTo(UpdateScope.END);
    }

    private static Job job(JobState state) {
        return new Job(JOB.id(), "ada", T, JOB.job().terms(), state);
    }

    private static JobState state(
            JobStatus status, int run, @Nullable Instant startedAt, @Nullable String host, @Nullable String begunWith) {
        return new JobState(
                status, null, T, startedAt, null, new JobState.RunState(run, run, startedAt, host, host, begunWith));
    }

    /** Half of all that it could change stays. */
    private static Move move(Random random) {
        StoredJob before = new StoredJob(job(state(random)), books(random, null));
        JobState state = state(random);
        boolean runs = state.status() == JobStatus.RUNNING;
        JobState after = runs
                ? new JobState(
                        state.status(),
                        state.reason(),
                        state.changedAt(),
                        state.completedAt(),
                        state.error(),
                        new JobState.RunState(
                                state.run().number(),
                                state.run().attempt(),
                                state.run().startedAt(),
                                LIFE.host(),
                                state.run().queue(),
                                state.run().begunWith()))
                : state;
        return new Move(before, after, books(random, runs ? LIFE.id() : null), null, null, EdgeChange.NONE);
    }

    private static JobState state(Random random) {
        return new JobState(
                JobStatus.values()[random.nextInt(JobStatus.values().length)],
                random.nextBoolean() ? Reason.RETRY : null,
                T.plusSeconds(random.nextInt(2)),
                random.nextInt(4) == 0 ? T : null,
                random.nextInt(4) == 0 ? "broken" : null,
                new JobState.RunState(
                        random.nextInt(2),
                        random.nextInt(2),
                        random.nextBoolean() ? T : null,
                        random.nextBoolean() ? LIFE.host() : null,
                        random.nextBoolean() ? "slow" : null,
                        random.nextInt(4) == 0 ? "1.3.0" : null));
    }

    private static SchedulingState books(Random random, @Nullable UUID holder) {
        return new SchedulingState(
                random.nextInt(9),
                random.nextInt(5) / 4,
                random.nextInt(5) / 4,
                random.nextInt(5) == 0,
                holder,
                random.nextInt(5) == 0 ? null : T,
                random.nextInt(5) == 0 ? T : null,
                new JobVersions(
                        random.nextInt(9) == 0 ? "1.2.1" : null,
                        random.nextInt(9) == 0 ? "1.2.0" : null,
                        random.nextInt(4) == 0));
    }

    private static Incarnations lives() {
        Incarnations lives = new Incarnations(new EmbeddedDataSource());
        lives.add(LIFE);
        return lives;
    }

    private static Stream<Field> columns() {
        return Stream.of(JobRow.class, JobTermsColumns.class)
                .flatMap(type -> Stream.of(type.getDeclaredFields()))
                .filter(field -> field.isAnnotationPresent(Column.class));
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
