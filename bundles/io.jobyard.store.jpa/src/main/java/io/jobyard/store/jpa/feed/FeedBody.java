// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.store.jpa.rows.LargeTexts;
import io.jobyard.store.jpa.sql.AmountText;
import io.jobyard.store.jpa.sql.PackedNumbers;
import io.jobyard.store.jpa.sql.Utc;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a row of the feed: a byte with the version, the position of the previous event, an instant, and records. A record is a byte with
 * its kind, its length, and its bytes. A reader skips unknown kinds. Numbers are written by {@link PackedNumbers}; {@link FeedContent}
 * reads the row.
 *
 * <p>Kinds: 1 a text; 2 common values of several changes, numbered from 1, for the records after it; 3 a change with its event; 4 a change
 * of only the scheduling state (ID, version). If several hosts share the database, a change also contains the state of its job before and
 * after, and further kinds exist: 5 a removed job, 6 a pause, 7 the end of a pause, 8 use of limits by a run, 9 a changed schedule, 10 a
 * created, changed or removed limit or queue, 11 the remaining amount of a limit, 12 changed users, tokens or sessions.
 *
 * <p>Kinds 3, 4, 5, 8 and 11 begin with a job's id, as the difference from the previous one in the row, so a reader that skips such a
 * record must read the id. A new kind must contain whole ids, because readers skip unknown kinds.
 *
 * <p>For one thread; reused for the next row.
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

    /** Maximum size of a record without its texts, so that its length fits into one byte. */
    private static final int RECORD_BYTES = 128;

    private static final int ESTIMATE_CHARACTERS = 100;
    /** Statuses by their stored number. Add new ones only at the end. */
    static final List<JobStatus> STATUSES = List.of(
            JobStatus.WAITING,
            JobStatus.QUEUED,
            JobStatus.RUNNING,
            JobStatus.COMPLETED,
            JobStatus.FAILED,
            JobStatus.CANCELLED);

    private final int enough;
    private final FeedRecords records = new FeedRecords();
    private int events;

    /** @param enough size in bytes at which a row is closed */
    FeedBody(int enough) {
        this.enough = enough;
    }

    /** Begins an empty row. */
    void begin(FeedPosition before, Instant now) {
        records.begin(before, now);
        events = 0;
    }

    /** Returns whether the row has room for a change; always true for an empty row. */
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

    /** Returns whether the row has space for a record with these texts. */
    boolean takes(@Nullable String... texts) {
        int characters = 0;
        for (String text : texts) {
            characters += length(text);
        }
        return takes(RECORD_BYTES * (1 + texts.length) + characters * PackedNumbers.CHARACTER_BYTES);
    }

    private boolean takes(int most) {
        return records.written() < enough && MOST_BYTES - records.written() >= most;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** Adds an event and returns its index in the row. The state of the job before and after is added only if other hosts read the feed. */
    int add(StoredJob after, @Nullable String routed, HistoryEvent change, @Nullable StandingChange told) {
        int number = records.number(SharedChange.of(after, routed, change));
        int[] words = told == null ? null : told.words(records);
        records.beginRecord(CHANGE, after.id(), after.version());
        records.put(number);
        records.putTime(change.at());
        if (told != null && words != null) {
            told.write(records, words);
        }
        records.endRecord();
        return ++events;
    }

    /** Adds the removal of a job from the store. */
    void addRemoved(StoredJob job, int lane) {
        int queue = records.number(job.queue());
        records.beginRecord(REMOVED, job.id(), job.version());
        records.putStatus(job.status());
        records.put(lane);
        records.put(queue);
        records.endRecord();
    }

    void addPause(Pause pause) {
        beginWords(PAUSE, pause.target().text(), pause.by(), pause.reason());
        records.putSigned(Utc.micros(pause.since()));
        records.putOptional(pause.until());
        records.endRecord();
    }

    void addResume(PauseTarget target) {
        beginWords(RESUME, target.text());
        records.endRecord();
    }

    void addSchedule(String schedule) {
        beginWords(SCHEDULE, schedule);
        records.endRecord();
    }

    void addIdentities() {
        beginWords(IDENTITIES);
        records.endRecord();
    }

    void addDefinition(LimitDefinition definition) {
        beginWords(DEFINITION, definition.kind().text(), definition.name(), definition.text());
        records.put(definition.version());
        records.endRecord();
    }

    private void beginWords(byte kind, @Nullable String... texts) {
        int[] words = records.numbers(texts);
        records.beginRecord(kind).put(words);
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
        int unit = records.number(word);
        records.beginRecord(kind, job, 0);
        records.put(unit);
        records.putDouble(amount);
        records.putOptional(until);
        records.endRecord();
    }

    /** Adds the end of a model call. Its estimate needs no unit name. */
    private void addCall(JobId job, long call, @Nullable String estimate) {
        int words = records.number(estimate);
        records.beginRecord(CALL, job, 0);
        records.putLong(call);
        records.put(words);
        records.endRecord();
    }

    /** Returns the text of a report; null if it has none. */
    static @Nullable String word(UseReport report) {
        return report instanceof UseReport.CallBegun call
                ? AmountText.write(call.estimate())
                : report instanceof UseReport.UnitLeft left
                        ? left.unit()
                        : report instanceof UseReport.UnitUsed use ? use.unit() : null;
    }

    /** Adds a change of scheduling state, which is not an event. */
    void addBooks(StoredJob after) {
        records.beginRecord(BOOKS, after.id(), after.version());
        records.endRecord();
    }

    int events() {
        return events;
    }

    byte[] bytes() {
        return records.bytes();
    }
}
