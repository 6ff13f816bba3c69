// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.store.jpa.rows.LargeTexts;
import io.jobyard.store.jpa.sql.AmountText;
import io.jobyard.store.jpa.sql.PackedNumbers;
import io.jobyard.store.jpa.sql.Utc;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes what stands in a row of the feed. A byte with the version, the place of the last event before the row, an instant, and
 * records: a byte with the kind, the length, and so many bytes. Whoever reads passes over the kinds that it does not know. Numbers
 * are written by {@link PackedNumbers}. {@link FeedContent} reads it.
 *
 * <p>Kinds: 1 a text, 2 what several changes share, each numbered from 1 as they come, for the records behind them; 3 a change with
 * its event; 4 a change of the books alone (id, version). Where several hosts share the database a change tells behind that how its
 * job stood and stands, and there are 5 a removed job, 6 a pause, 7 the end of a pause, 8 what a run uses of limits, 9 a schedule that somebody changed,
 * 10 a limit or queue that somebody made, changed or removed, 11 what is left of a limit, 12 that users, tokens or sessions are others.
 *
 * <p>Kinds 3, 4, 5, 8 and 11 begin with a job's id, as its difference from the one before in the row: whoever passes over one of them
 * reads that. Since others pass over kinds that they do not know, a kind that is added writes ids whole.
 *
 * <p>For one thread; used again for the next row.
 */
final class FeedBody {

    static final int MOST_BYTES = 16_000;

    static final byte VERSION = 1;
    static final byte TEXT = 1;
    static final byte SHARED = 2;
    static final byte CHANGE = 3;
    static final byte BOOKS = 4;
    static final byte REMOVED = 5;
    static final byte PAUSE = 6;
    static final byte RESUME = 7;
    static final byte USE = 8;
    static final byte SCHEDULE = 9;
    static final byte DEFINITION = 10;
    static final byte REMAINING = 11;
    static final byte IDENTITIES = 12;
    static final byte CALL = 13;

    /** What is true of a change's standings, or there. */
    static final int RELEASES = 1;

    static final int CANCEL_REQUESTED = 2;
    static final int READY = 4;
    static final int DUE = 8;
    static final int STARTED = 16;
    static final int ANOTHER_LANE = 32;
    static final int READY_BEFORE = 64;
    /** A record without its texts, whose length thus takes one byte. */
    private static final int RECORD_BYTES = 128;

    private static final int ESTIMATE_CHARACTERS = 100;
    private static final int[] NO_WORDS = {};
    /** Written by their places here, so it only grows, at its end. */
    static final List<JobStatus> STATUSES = List.of(
            JobStatus.WAITING,
            JobStatus.QUEUED,
            JobStatus.RUNNING,
            JobStatus.COMPLETED,
            JobStatus.FAILED,
            JobStatus.CANCELLED);

    private final int enough;
    private final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<SharedChange, Integer> shared = new HashMap<>();
    private long time;
    private long idBefore;
    private int events;

    /** Whose rows are closed when they have so many bytes. */
    FeedBody(int enough) {
        this.enough = enough;
    }

    /** Begins a row: what was in it is forgotten. */
    void begin(FeedPosition before, Instant now) {
        bytes.clear();
        texts.clear();
        shared.clear();
        idBefore = 0;
        events = 0;
        time = micros(now);
        bytes.put(VERSION);
        PackedNumbers.put(bytes, before.incarnation());
        PackedNumbers.put(bytes, before.number());
        PackedNumbers.put(bytes, before.index());
        PackedNumbers.putSigned(bytes, time);
    }

    /** Whether there is room for such a change; always, in a row that was just begun. */
    boolean takes(StoredJob after, @Nullable String routed, HistoryEvent change) {
        int characters = length(change.who())
                + length(change.run().host())
                + length(LargeTexts.cut(change.why()))
                + length(after.job().type())
                + length(after.job().submitter())
                + 2 * length(after.queue())
                + length(routed)
                + ESTIMATE_CHARACTERS * after.estimate().size()
                + (change.run().handler() == null
                        ? 0
                        : length(change.run().handler().version())
                                + length(change.run().handler().bundle()));
        return takes(RECORD_BYTES * 3 + characters * PackedNumbers.CHARACTER_BYTES);
    }

    boolean takesBooks() {
        return takes(RECORD_BYTES);
    }

    /** Whether there is room for a record with these texts. */
    boolean takes(@Nullable String... texts) {
        int characters = 0;
        for (String text : texts) {
            characters += length(text);
        }
        return takes(RECORD_BYTES * (1 + texts.length) + characters * PackedNumbers.CHARACTER_BYTES);
    }

    private boolean takes(int most) {
        return bytes.position() < enough && bytes.remaining() >= most;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** Its index among the events of the row. How the job stood and stands is told where there are others to hear of it. */
    int add(StoredJob after, @Nullable String routed, HistoryEvent change, @Nullable StandingChange told) {
        int number = number(SharedChange.of(after, routed, change));
        int[] words = told == null ? NO_WORDS : words(told);
        int begun = beginChange(CHANGE, after.id(), after.version());
        PackedNumbers.put(bytes, number);
        long at = micros(change.at());
        PackedNumbers.putSigned(bytes, at - time);
        time = at;
        if (told != null) {
            write(told, words);
        }
        endRecord(begun);
        return ++events;
    }

    private int[] words(StandingChange told) {
        StoredJob before = told.before();
        Reason reason = before == null ? null : before.reason();
        return new int[] {
            number(told.after().queue()),
            number(before == null ? null : before.queue()),
            number(reason == null ? null : reason.text()),
            number(AmountText.write(told.after().estimate()))
        };
    }

    private void write(StandingChange told, int[] words) {
        StoredJob before = told.before();
        StoredJob after = told.after();
        Instant readyBefore = before == null ? null : before.readyAt();
        Instant startedAt =
                before == null || Objects.equals(before.startedAt(), after.startedAt()) ? null : after.startedAt();
        boolean otherLane = before != null && told.laneBefore() != told.lane();
        boolean otherReady = readyBefore != null && !readyBefore.equals(after.readyAt());
        bytes.put((byte) ((told.releases() ? RELEASES : 0)
                | (after.cancelRequested() ? CANCEL_REQUESTED : 0)
                | (after.readyAt() == null ? 0 : READY)
                | (after.dueAt() == null ? 0 : DUE)
                | (startedAt == null ? 0 : STARTED)
                | (otherLane ? ANOTHER_LANE : 0)
                | (otherReady ? READY_BEFORE : 0)));
        PackedNumbers.put(bytes, told.lane());
        if (otherLane) {
            PackedNumbers.put(bytes, told.laneBefore());
        }
        for (int word : words) {
            PackedNumbers.put(bytes, word);
        }
        PackedNumbers.put(bytes, told.life());
        PackedNumbers.put(bytes, told.lifeBefore());
        putInstant(after.readyAt());
        putInstant(after.dueAt());
        putInstant(startedAt);
        putInstant(otherReady ? readyBefore : null);
    }

    /** From the instant of the latest change on; nothing for none. */
    private void putInstant(@Nullable Instant instant) {
        if (instant != null) {
            PackedNumbers.putSigned(bytes, micros(instant) - time);
        }
    }

    /** One that is in the store no more. */
    void addRemoved(StoredJob job, int lane) {
        int queue = number(job.queue());
        int begun = beginChange(REMOVED, job.id(), job.version());
        bytes.put(status(job.status()));
        PackedNumbers.put(bytes, lane);
        PackedNumbers.put(bytes, queue);
        endRecord(begun);
    }

    void addPause(Pause pause) {
        int[] words = {number(pause.target().text()), number(pause.by()), number(pause.reason())};
        int begun = beginRecord(PAUSE);
        for (int word : words) {
            PackedNumbers.put(bytes, word);
        }
        PackedNumbers.putSigned(bytes, micros(pause.since()));
        PackedNumbers.put(bytes, pause.until() == null ? 0 : 1);
        PackedNumbers.putSigned(bytes, pause.until() == null ? 0 : micros(pause.until()));
        endRecord(begun);
    }

    void addResume(PauseTarget target) {
        addWord(RESUME, target.text());
    }

    void addSchedule(String schedule) {
        addWord(SCHEDULE, schedule);
    }

    void addIdentities() {
        endRecord(beginRecord(IDENTITIES));
    }

    void addDefinition(LimitDefinition definition) {
        int[] words = {
            number(definition.kind().text()), number(definition.name()), number(definition.text()),
        };
        int begun = beginRecord(DEFINITION);
        for (int word : words) {
            PackedNumbers.put(bytes, word);
        }
        PackedNumbers.put(bytes, definition.version());
        endRecord(begun);
    }

    private void addWord(byte kind, String text) {
        int word = number(text);
        int begun = beginRecord(kind);
        PackedNumbers.put(bytes, word);
        endRecord(begun);
    }

    void addUse(UseReport report) {
        if (report instanceof UseReport.CallBegun call) {
            addCall(call.job(), call.number(), word(call));
        } else if (report instanceof UseReport.CallEnded call) {
            addCall(call.job(), call.number(), null);
        } else if (report instanceof UseReport.UnitLeft left) {
            addUse(REMAINING, left.job(), left.unit(), left.left(), left.until());
        } else if (report instanceof UseReport.UnitUsed use) {
            addUse(USE, use.job(), use.unit(), use.amount(), null);
        } else {
            addUse(USE, report.job(), null, 0, report instanceof UseReport.LimitMet met ? met.until() : null);
        }
    }

    private void addUse(byte kind, JobId job, @Nullable String word, double amount, @Nullable Instant until) {
        int unit = number(word);
        int begun = beginChange(kind, job, 0);
        PackedNumbers.put(bytes, unit);
        bytes.putDouble(amount);
        PackedNumbers.put(bytes, until == null ? 0 : 1);
        PackedNumbers.putSigned(bytes, until == null ? 0 : micros(until));
        endRecord(begun);
    }

    /** The words of a call's estimate are none if it is over. */
    private void addCall(JobId job, long call, @Nullable String estimate) {
        int words = number(estimate);
        int begun = beginChange(CALL, job, 0);
        bytes.putLong(call);
        PackedNumbers.put(bytes, words);
        endRecord(begun);
    }

    /** The text of a report; null if it has none. */
    static @Nullable String word(UseReport report) {
        return report instanceof UseReport.CallBegun call
                ? AmountText.write(call.estimate())
                : report instanceof UseReport.UnitLeft left
                        ? left.unit()
                        : report instanceof UseReport.UnitUsed use ? use.unit() : null;
    }

    /** A change of what the host alone keeps of a job. */
    void addBooks(StoredJob after) {
        endRecord(beginChange(BOOKS, after.id(), after.version()));
    }

    /** Ids of jobs that were made together differ little in their first halves. */
    private int beginChange(byte kind, JobId job, int version) {
        int begun = beginRecord(kind);
        UUID id = job.value();
        PackedNumbers.putSigned(bytes, id.getMostSignificantBits() - idBefore);
        bytes.putLong(id.getLeastSignificantBits());
        PackedNumbers.put(bytes, version);
        idBefore = id.getMostSignificantBits();
        return begun;
    }

    private int beginRecord(byte kind) {
        bytes.put(kind).put((byte) 0);
        return bytes.position();
    }

    private void endRecord(int begun) {
        bytes.put(begun - 1, (byte) (bytes.position() - begun));
    }

    /** The number of what changes share in this row; written before the record that names it. */
    private int number(SharedChange one) {
        Integer known = shared.get(one);
        if (known == null) {
            known = shared.size() + 1;
            shared.put(one, known);
            write(one);
        }
        return known;
    }

    private void write(SharedChange one) {
        HistoryEvent change = one.timeless();
        HandlerName handler = change.run().handler();
        int[] named = {
            number(one.type()),
            number(one.submitter()),
            number(change.who()),
            number(change.reason() == null ? null : change.reason().text()),
            number(change.run().host()),
            number(handler == null ? null : handler.version()),
            number(handler == null ? null : handler.bundle()),
            number(change.why())
        };
        int queue = number(one.queue());
        int routed = number(one.routed());
        int begun = beginRecord(SHARED);
        bytes.put(status(change.from())).put(status(change.to()));
        PackedNumbers.put(bytes, change.run().number());
        PackedNumbers.put(bytes, change.run().attempt());
        for (int text : named) {
            PackedNumbers.put(bytes, text);
        }
        if (queue != 0 || routed != 0) { // most often neither is there
            PackedNumbers.put(bytes, queue);
        }
        if (routed != 0) {
            PackedNumbers.put(bytes, routed);
        }
        endRecord(begun);
    }

    /** The number of a text in this row, 0 for none; written before the record that names it. */
    private int number(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        Integer known = texts.get(text);
        if (known == null) {
            known = texts.size() + 1;
            texts.put(text, known);
            bytes.put(TEXT);
            PackedNumbers.put(bytes, text);
        }
        return known;
    }

    private static byte status(@Nullable JobStatus status) {
        return status == null ? 0 : (byte) (STATUSES.indexOf(status) + 1);
    }

    private static long micros(Instant instant) {
        return Utc.micros(instant);
    }

    int events() {
        return events;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
