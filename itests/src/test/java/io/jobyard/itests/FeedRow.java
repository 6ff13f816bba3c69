// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** What a row of the feed says of a commit. Reads it by itself, to find also what the store writes and reads wrongly alike. */
final class FeedRow {

    private static final int TEXT = 1;
    private static final int SHARED = 2;
    private static final int CHANGE = 3;
    private static final int BOOKS = 4;
    private static final int REMOVED = 5;
    private static final int PAUSE = 6;
    private static final int RESUME = 7;
    private static final int USE = 8;
    private static final int SCHEDULE = 9;
    private static final int DEFINITION = 10;
    private static final int IDENTITIES = 12;
    private static final List<Integer> CHANGES = List.of(CHANGE, BOOKS);
    private static final List<String> STATUSES =
            List.of("", "waiting", "queued", "running", "completed", "failed", "cancelled");

    /**
     * A change.
     *
     * @param life the number of the life that made it
     * @param event null if only the books of the job changed
     */
    record Change(int life, String job, int version, Told event) {}

    /** An event, with names where the history has numbers. */
    record Told(
            Instant at,
            String who,
            String from,
            String to,
            String reason,
            String host,
            String handler,
            int run,
            int attempt) {}

    private final boolean isShared;
    private final int life;
    private final ByteBuffer bytes;
    private final List<String> texts = new ArrayList<>(List.of(""));
    /** What changes share, their instants left out. */
    private final List<Told> shared = new ArrayList<>();

    private final List<Change> changes = new ArrayList<>();
    private final List<Long> before;
    private long micros;
    private long idBefore;

    FeedRow(Row row) {
        this(row, false);
    }

    /** Of a database that several hosts share, which tell each other more. */
    FeedRow(Row row, boolean isShared) {
        this.isShared = isShared;
        life = row.number("incarnation");
        bytes = ByteBuffer.wrap(HexFormat.of().parseHex(row.text("body").replace("-", "")));
        assertThat(bytes.get()).as(row::toString).isEqualTo((byte) 1);
        before = List.of(number(), number(), number());
        micros = signed();
        while (bytes.hasRemaining()) {
            record();
        }
    }

    /** Where the last event before this row is: life, number, index. */
    List<Long> before() {
        return before;
    }

    List<Change> changes() {
        return changes;
    }

    int events() {
        return (int) changes.stream().filter(change -> change.event() != null).count();
    }

    int length() {
        return bytes.limit();
    }

    private void record() {
        int kind = bytes.get();
        int length = (int) number();
        int end = bytes.position() + length;
        if (kind == TEXT) {
            texts.add(new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8));
            bytes.position(end);
        } else if (kind == SHARED) {
            shared.add(sharedPart(end));
        } else if ((isShared || kind == REMOVED) && !CHANGES.contains(kind)) {
            assertThat(kind).isIn(REMOVED, PAUSE, RESUME, USE, SCHEDULE, DEFINITION, IDENTITIES);
            idBefore += kind == REMOVED || kind == USE ? signed() : 0;
            bytes.position(end);
        } else {
            assertThat(kind).isIn(CHANGES);
            idBefore += signed();
            String job = new UUID(idBefore, bytes.getLong()).toString();
            changes.add(new Change(life, job, (int) number(), kind == CHANGE ? event() : null));
            bytes.position(isShared && kind == CHANGE ? end : bytes.position()); // how the job stands, for other hosts
        }
        assertThat(bytes.position()).isEqualTo(end);
    }

    private Told event() {
        Told told = shared.get((int) number() - 1);
        micros += signed();
        Instant at = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        return new Told(
                at,
                told.who(),
                told.from(),
                told.to(),
                told.reason(),
                told.host(),
                told.handler(),
                told.run(),
                told.attempt());
    }

    private Told sharedPart(int end) {
        String from = STATUSES.get(bytes.get());
        String to = STATUSES.get(bytes.get());
        int run = (int) number();
        int attempt = (int) number();
        text(); // the job's type
        text(); // and submitter
        String who = text();
        String reason = text();
        String host = text();
        String handler = (text() + " " + text()).strip();
        text(); // why
        if (bytes.position() < end) {
            text(); // the queue
        }
        if (bytes.position() < end) {
            text(); // or where the type was routed
        }
        return new Told(Instant.EPOCH, who, from, to, reason, host, handler, run, attempt);
    }

    private String text() {
        return texts.get((int) number());
    }

    private long number() {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    private long signed() {
        long number = number();
        return number % 2 == 0 ? number >>> 1 : -(number >>> 1) - 1;
    }
}
