// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.store.jpa.rows.LargeTexts;
import io.jobyard.store.jpa.sql.PackedNumbers;
import io.jobyard.testkit.store.Draft;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedBodyTest {

    private static final FeedPosition BEFORE = new FeedPosition(3, 4_000_000_000L, 7);
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00.123456Z");

    private final FeedBody body = new FeedBody(8_000);

    private static StoredJob job(int number) {
        return withId(Draft.job().admitted().stored(), new JobId(new UUID(0x0190_0000_0000_7000L, number)));
    }

    private static StoredJob withId(StoredJob draft, JobId id) {
        Job job = draft.job();
        return new StoredJob(new Job(id, job.submitter(), job.createdAt(), job.terms(), job.state()), draft.books());
    }

    /** One of each kind, as the first version of the format had them. */
    private byte[] golden() {
        body.begin(BEFORE, NOW);
        body.add(
                job(1),
                null,
                new HistoryEvent(
                        NOW, "ada", null, JobStatus.QUEUED, null, new HistoryEvent.HistoryRun(null, 0, 0, null), ""),
                null);
        body.add(
                job(1),
                null,
                new HistoryEvent(
                        NOW.plusMillis(5),
                        HistoryEvent.HOST,
                        JobStatus.QUEUED,
                        JobStatus.RUNNING,
                        null,
                        new HistoryEvent.HistoryRun("here:12", 1, 1, new HandlerName("1.2.0", "com.acme.words 1.2.0")),
                        ""),
                null);
        body.addBooks(job(2));
        body.add(
                job(1),
                null,
                new HistoryEvent(
                        NOW.minusSeconds(9),
                        HistoryEvent.HOST,
                        JobStatus.RUNNING,
                        JobStatus.WAITING,
                        Reason.RETRY,
                        new HistoryEvent.HistoryRun("here:12", 1, 1, null),
                        "zwei Zeilen:\nÄ, \uD83D\uDE00, \u0000, half \uD83D"),
                null);
        return body.bytes();
    }

    @Test
    void theFirstVersionIsWrittenAndReadAsItWas() throws IOException {
        byte[] file = file("/feed-body-1.hex");
        assertThat(HexFormat.of().formatHex(golden())).isEqualTo(HexFormat.of().formatHex(file));
        FeedContent content = FeedContent.read(5, 6, file);
        assertThat(content.before()).isEqualTo(BEFORE);
        assertThat(content.events())
                .extracting(event -> event.cursor().toString())
                .containsExactly("5-6-1", "5-6-2", "5-6-3");
        assertThat(content.events())
                .extracting(event -> event.change().at())
                .containsExactly(NOW, NOW.plusMillis(5), NOW.minusSeconds(9));
        assertThat(content.events().get(2).change().why()).endsWith("half \uFFFD");
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = FeedBodyTest.class.getResourceAsStream(name)) {
            return HexFormat.of()
                    .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", ""));
        }
    }

    /** With the queue that a job asked for, or that its type was routed to. */
    @Test
    void whereAJobWasRoutedIsWrittenAndReadAsItWas() throws IOException {
        body.begin(BEFORE, NOW);
        HistoryEvent admission = new HistoryEvent(
                NOW, "ada", null, JobStatus.QUEUED, null, new HistoryEvent.HistoryRun(null, 0, 0, null), "");
        body.add(job(1), "llm", admission, null);
        body.add(job(2), "llm", admission, null);
        body.add(job(3), null, admission, null);
        body.add(inQueue(4, "urgent"), null, admission, null);
        byte[] file = file("/feed-body-1-queues.hex");
        assertThat(HexFormat.of().formatHex(body.bytes()))
                .isEqualTo(HexFormat.of().formatHex(file));
        FeedContent content = FeedContent.read(5, 6, file);
        assertThat(content.events()).extracting(JobEvent::queue).containsExactly("llm", "llm", null, "urgent");
        assertThat(FeedStates.read(5, 6, file).states())
                .as("the search index asks where types are routed when it is asked")
                .extracting(FeedState::queue)
                .containsExactly(null, null, null, "urgent");
    }

    @Test
    void theQueueCostsAChangeNextToNothing() {
        int without = bytesOfManyJobs(null);
        assertThat(bytesOfManyJobs("a-queue-with-a-long-name") - without).isLessThan(300);
        assertThat(without / 300).isLessThan(60);
    }

    /** A hundred jobs, each with three changes. */
    private int bytesOfManyJobs(@Nullable String routed) {
        body.begin(BEFORE, NOW);
        for (int n = 0; n < 100; n++) {
            body.add(
                    job(n),
                    routed,
                    new HistoryEvent(
                            NOW,
                            "ada",
                            null,
                            JobStatus.QUEUED,
                            null,
                            new HistoryEvent.HistoryRun(null, 0, 0, null),
                            ""),
                    null);
            body.add(
                    job(n),
                    routed,
                    new HistoryEvent(
                            NOW,
                            "",
                            JobStatus.QUEUED,
                            JobStatus.RUNNING,
                            null,
                            new HistoryEvent.HistoryRun("here:12", 1, 1, null),
                            ""),
                    null);
            body.add(
                    job(n),
                    routed,
                    new HistoryEvent(
                            NOW,
                            "",
                            JobStatus.RUNNING,
                            JobStatus.COMPLETED,
                            null,
                            new HistoryEvent.HistoryRun("here:12", 1, 1, null),
                            ""),
                    null);
        }
        return body.bytes().length;
    }

    private static StoredJob inQueue(int number, String queue) {
        return withId(Draft.job().queue(queue).admitted().stored(), job(number).id());
    }

    @Test
    void startsAndEndsTellTheSearchIndexAll() {
        body.begin(BEFORE, NOW);
        StoredJob queued = job(1);
        JobState state = new JobState(
                JobStatus.RUNNING, null, NOW, null, null, new JobState.RunState(1, 1, null, "here:12", "llm", null));
        Job job = queued.job();
        StoredJob running = new StoredJob(
                new Job(job.id(), job.submitter(), job.createdAt(), job.terms(), state),
                new SchedulingState(2, 0, 0, false, UUID.randomUUID(), null, null));
        body.add(
                queued,
                null,
                new HistoryEvent(
                        NOW, "ada", null, JobStatus.QUEUED, null, new HistoryEvent.HistoryRun(null, 0, 0, null), ""),
                null);
        body.add(
                running,
                null,
                new HistoryEvent(
                        NOW,
                        "",
                        JobStatus.QUEUED,
                        JobStatus.RUNNING,
                        null,
                        new HistoryEvent.HistoryRun("here:12", 1, 1, null),
                        ""),
                null);
        body.addRemoved(job(2), 0);
        body.addRemoved(job(3), 0);

        List<FeedState> states = FeedStates.read(5, 6, body.bytes()).states();
        assertThat(states)
                .containsExactly(
                        new FeedState(queued.id(), 1, StateCode.of(JobStatus.QUEUED, null), null, false),
                        new FeedState(running.id(), 2, StateCode.of(JobStatus.RUNNING, null), "llm", true),
                        FeedState.removed(job(2).id()),
                        FeedState.removed(job(3).id()));
        assertThat(states.get(0).and(states.get(1)).isAll()).isFalse();
    }

    @Test
    void kindsThatItDoesNotKnowArePassedOver() {
        byte[] known = golden();
        byte[] more = Arrays.copyOf(known, known.length + 4);
        System.arraycopy(new byte[] {77, 2, 1, 1}, 0, more, known.length, 4);
        assertThat(FeedContent.read(5, 6, more)).isEqualTo(FeedContent.read(5, 6, known));
    }

    /** An id is written as its difference from the one before, whoever reads that. */
    @Test
    void whateverStandsBetweenChangesTheirJobsAreReadAsTheyWere() {
        JobId user = madeAt(0x0190_0000_0009_7000L);
        List<Runnable> between = List.of(
                () -> body.addUse(new UseReport.UnitUsed(user, "tokens", 12)),
                () -> body.addUse(new UseReport.UnitLeft(user, "tokens", 3, NOW)),
                () -> body.addUse(new UseReport.CallBegun(user, 7, Map.of("tokens", 3.0))),
                () -> body.addUse(new UseReport.CallEnded(user, 7)),
                () -> body.addRemoved(job(3), 0),
                () -> body.addBooks(job(4)),
                () -> body.addPause(new Pause(PauseTarget.ALL, "ada", NOW, "why", null)),
                () -> body.addResume(PauseTarget.ALL),
                () -> body.addSchedule("nightly"),
                () -> body.addIdentities(),
                () -> body.addDefinition(new LimitDefinition(LimitKind.QUEUE, "llm", 1, new TreeMap<>())));
        body.begin(BEFORE, NOW);
        List<JobId> told = new ArrayList<>();
        for (int n = 0; n < between.size(); n++) {
            StoredJob job = withId(job(1), madeAt(0x0190_0000_0000_7000L + 0x1_0000L * n));
            told.add(job.id());
            body.add(
                    job,
                    null,
                    new HistoryEvent(
                            NOW,
                            "ada",
                            null,
                            JobStatus.QUEUED,
                            null,
                            new HistoryEvent.HistoryRun(null, 0, 0, null),
                            ""),
                    null);
            between.get(n).run();
        }
        body.add(
                job(5),
                null,
                new HistoryEvent(
                        NOW, "ada", null, JobStatus.QUEUED, null, new HistoryEvent.HistoryRun(null, 0, 0, null), ""),
                null);
        told.add(job(5).id());

        assertThat(FeedContent.read(5, 6, body.bytes()).events())
                .extracting(JobEvent::job)
                .isEqualTo(told);
        assertThat(FeedStates.read(5, 6, body.bytes()).states())
                .extracting(FeedState::job)
                .containsAll(told)
                .hasSize(told.size() + 1);
    }

    private static JobId madeAt(long when) {
        return new JobId(new UUID(when, 7));
    }

    @Test
    void aNewerVersionIsToldWithItsRow() {
        assertThatThrownBy(() -> FeedContent.read(5, 6, new byte[] {2, 0}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("5-6")
                .hasMessageContaining("a newer Jobyard wrote it");
    }

    @Test
    void whateverIsWrittenIsReadAndARowNeverOutgrowsItsColumn() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<JobEvent> written = new ArrayList<>();
            int most = 1 + random.nextInt(300);
            body.begin(BEFORE, NOW);
            for (int n = 0; n < 400; n++) {
                StoredJob after = withId(job(1), madeAt(random.nextLong()));
                HistoryEvent change = change(random, most);
                String routed = after.queue() == null ? orNull(random, 40) : null;
                if (!body.takes(after, routed, change)) {
                    break;
                }
                int index = body.add(after, routed, change, null);
                written.add(new JobEvent(
                        new FeedPosition(1, 2, index).cursor(),
                        after.id(),
                        after.job().type(),
                        after.job().submitter(),
                        routed == null ? after.queue() : routed,
                        change));
                if (body.takesBooks() && random.nextInt(5) == 0) {
                    body.addBooks(job(2));
                }
                if (body.takes("tokens") && random.nextInt(5) == 0) {
                    body.addUse(new UseReport.UnitUsed(job(3).id(), "tokens", 1));
                }
            }
            assertThat(written).as("a row takes one at least").isNotEmpty();
            assertThat(body.bytes()).hasSizeLessThanOrEqualTo(FeedBody.MOST_BYTES);
            assertThat(body.events()).isEqualTo(written.size());
            assertThat(FeedContent.read(1, 2, body.bytes()).events()).isEqualTo(written);
        }
    }

    @Test
    void aRowTakesTheLongestThatThereIs() {
        body.begin(BEFORE, NOW);
        String who = "\uFFFF".repeat(600);
        HistoryEvent longest = new HistoryEvent(
                NOW,
                who,
                JobStatus.QUEUED,
                JobStatus.RUNNING,
                Reason.RETRY,
                new HistoryEvent.HistoryRun(
                        "\uFFFE".repeat(300),
                        Integer.MAX_VALUE,
                        Integer.MAX_VALUE,
                        new HandlerName("\uFFFC".repeat(200), "\uFFFB".repeat(400))),
                "\uFFFD".repeat(LargeTexts.SMALL));
        assertThat(body.takes(job(1), "\uFFFA".repeat(200), longest)).isTrue();
        body.add(job(1), "\uFFFA".repeat(200), longest, null);
        assertThat(FeedContent.read(1, 2, body.bytes()).events())
                .extracting(JobEvent::change)
                .containsExactly(longest);
        assertThat(body.takes(job(1), "\uFFFA".repeat(200), longest)).isFalse();
    }

    @Test
    void numbersAndTextsComeBack() {
        ByteBuffer bytes = ByteBuffer.allocate(1_000_000);
        Random random = new Random(8);
        for (int n = 0; n < 10_000; n++) {
            long number = random.nextLong() >> random.nextInt(64);
            String text = text(random, 30);
            bytes.clear();
            PackedNumbers.put(bytes, number);
            PackedNumbers.putSigned(bytes, number);
            PackedNumbers.put(bytes, text);
            bytes.flip();
            assertThat(PackedNumbers.get(bytes)).isEqualTo(number);
            assertThat(PackedNumbers.getSigned(bytes)).isEqualTo(number);
            assertThat(PackedNumbers.text(bytes, (int) PackedNumbers.get(bytes)))
                    .isEqualTo(text);
            assertThat(bytes.hasRemaining()).isFalse();
        }
    }

    private static HistoryEvent change(Random random, int most) {
        JobStatus[] statuses = JobStatus.values();
        Reason[] reasons = Reason.values();
        int from = random.nextInt(statuses.length + 1);
        int reason = random.nextInt(reasons.length + 1);
        return new HistoryEvent(
                NOW.plusMillis(random.nextInt(2_000_000) - 1_000_000),
                text(random, 20),
                from == statuses.length ? null : statuses[from],
                statuses[random.nextInt(statuses.length)],
                reason == reasons.length ? null : reasons[reason],
                new HistoryEvent.HistoryRun(
                        orNull(random, most),
                        random.nextInt(1000),
                        random.nextInt(1000),
                        random.nextBoolean() ? null : new HandlerName(text(random, 10), text(random, 40))),
                random.nextInt(20) == 0 ? "\uD83D\uDE00".repeat(LargeTexts.SMALL / 2) : text(random, most));
    }

    private static @Nullable String orNull(Random random, int most) {
        return random.nextBoolean() ? null : text(random, most);
    }

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most); n > 0; n--) {
            text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000)));
        }
        return text.toString();
    }
}
