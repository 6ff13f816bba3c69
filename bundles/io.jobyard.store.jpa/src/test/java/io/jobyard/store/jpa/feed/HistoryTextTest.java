// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.store.jpa.feed.HistoryText.HistoryLine;
import io.jobyard.store.jpa.feed.HistoryText.HistoryOrigin;
import io.jobyard.testkit.store.Draft;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTextTest {

    private static final HistoryOrigin ORIGIN = new HistoryOrigin(Draft.T0, "ada");
    private static final HandlerName HANDLER = new HandlerName("1.2.0", "com.acme.words 1.2.0.b7");
    private static final String[] PIECES = {
        "\n", "\\", "\"", " ", "\\n", "\r", "\t", "søk", "\uD83D\uDE00", "\uD83D", "by ", "h1", "", "\u0000", "\u2028"
    };

    /** Hosts and handlers whose numbers are as their names say. */
    private static final class Numbered implements HistoryText.HistoryNumbers, HistoryText.HistoryNames {
        @Override
        public int host(String name) {
            return Integer.parseInt(name.substring("host:".length()));
        }

        @Override
        public int handler(HandlerName handler) {
            return 3;
        }

        @Override
        public String host(int number) {
            return "host:" + number;
        }

        @Override
        public HandlerName handler(int number) {
            assertThat(number).isEqualTo(3);
            return HANDLER;
        }
    }

    /** What is stored is read for ever: this file never changes. */
    @Test
    void theFirstFormIsReadAndWritten() throws Exception {
        List<HistoryLine> life = List.of(
                new HistoryLine(1, event("ada", null, JobStatus.QUEUED, null, null, 0, 0, "submitted", null)),
                new HistoryLine(
                        2, event("jobyard", JobStatus.QUEUED, JobStatus.RUNNING, null, "host:12", 1, 5, "", HANDLER)),
                new HistoryLine(
                        3,
                        event(
                                "jobyard",
                                JobStatus.RUNNING,
                                JobStatus.WAITING,
                                Reason.RATE_LIMITED,
                                "host:12",
                                1,
                                6,
                                "\"429\"\nsaid C:\\llm",
                                null)),
                new HistoryLine(
                        5,
                        event(
                                "ann, by administrator root",
                                JobStatus.WAITING,
                                JobStatus.CANCELLED,
                                null,
                                "host:-1",
                                1,
                                -7,
                                "",
                                null)));
        assertThat(text(life)).isEqualTo(golden());
        assertThat(HistoryText.read(golden(), ORIGIN, new Numbered())).isEqualTo(life);
        assertThat(HistoryText.first(golden())).isEqualTo(1);
        assertThat(HistoryText.first("")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void eachReasonIsRead(Reason reason) throws SQLException {
        isRead(List.of(
                new HistoryLine(7, event("x", JobStatus.RUNNING, JobStatus.QUEUED, reason, "host:1", 2, 3, "", null))));
    }

    @Test
    void anyTextIsRead() throws SQLException {
        Random random = new Random(17);
        for (int n = 0; n < 2_000; n++) {
            List<HistoryLine> entries = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                entries.add(new HistoryLine(
                        k + 1,
                        event(
                                words(random),
                                random.nextBoolean() ? null : JobStatus.WAITING,
                                JobStatus.QUEUED,
                                random.nextBoolean() ? null : Reason.HOST_LOST,
                                random.nextBoolean() ? null : "host:" + random.nextInt(99),
                                random.nextInt(),
                                random.nextInt(),
                                words(random),
                                random.nextBoolean() ? null : HANDLER)));
            }
            isRead(entries);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 >qu 0/0 +0",
                "b1 >qu 0/0 +0\n",
                "1 >xx 0/0 +0\n",
                "1 >qu 0/0 +0 sometimes\n",
                "1 >qu 0/0 +0 \"open\n",
                "1 >qu 0/0 +0 by ada\n",
                "1 >qu 0/0 +0 \"a\" \"b\"\n",
                "1 >qu\n"
            })
    void whatIsNoHistoryIsRefused(String text) {
        assertThatThrownBy(() -> HistoryText.read(text, ORIGIN, new Numbered()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.strip());
    }

    private static void isRead(List<HistoryLine> entries) throws SQLException {
        assertThat(HistoryText.read(text(entries), ORIGIN, new Numbered())).isEqualTo(entries);
    }

    private static String text(List<HistoryLine> entries) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (HistoryLine entry : entries) {
            text.append(HistoryText.line(entry, ORIGIN, new Numbered()));
        }
        return text.toString();
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            words.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return words.toString();
    }

    private static HistoryEvent event(
            String who,
            @Nullable JobStatus from,
            JobStatus to,
            @Nullable Reason reason,
            @Nullable String host,
            int run,
            int seconds,
            String why,
            @Nullable HandlerName handler) {
        Instant at = Draft.T0.plusSeconds(seconds).plus(run, ChronoUnit.MICROS);
        return new HistoryEvent(at, who, from, to, reason, new HistoryEvent.HistoryRun(host, run, run, handler), why);
    }

    private static String golden() throws IOException {
        try (InputStream in = HistoryTextTest.class.getResourceAsStream("/trail-1.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
