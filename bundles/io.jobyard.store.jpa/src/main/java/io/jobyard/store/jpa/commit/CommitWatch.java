// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.Finding;
import io.jobyard.spi.store.StoreMaintenance.Commits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Watch over the committer. It detects changes of one kind that fail repeatedly for an external reason, and commits that take long. */
public final class CommitWatch {

    static final Duration LONG = Duration.ofSeconds(10);
    /** Age up to which a failure counts as recent. Longer than the retry interval of outcomes. */
    private static final Duration LATELY = Duration.ofMinutes(1);

    /** Series of failed changes of one kind, none of which was stored in between. */
    private record Failing(long first, long last, long count, Throwable cause) {

        Failing again(long now, Throwable why) {
            return new Failing(first, now, count + 1, why);
        }
    }

    private final LongSupplier ticker;
    private final Map<String, Failing> failing = new LinkedHashMap<>();
    private @Nullable Thread committer;
    private boolean isBusy;
    private long busySince;
    private long failures;

    public CommitWatch(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Records that the calling thread, the committer, begins a round. */
    synchronized void begins() {
        committer = Thread.currentThread();
        isBusy = true;
        busySince = ticker.getAsLong();
    }

    /** Records the end of a round, successful or not. */
    synchronized void ends() {
        isBusy = false;
    }

    synchronized void stored(List<? extends Change> changes) {
        busySince = ticker.getAsLong();
        if (!failing.isEmpty()) {
            changes.forEach(change -> failing.remove(change.kind()));
        }
    }

    /** Records changes that failed for an external reason. */
    synchronized void failed(List<? extends Change> changes, Throwable why) {
        long now = ticker.getAsLong();
        for (Change change : changes) {
            failures++;
            failing.merge(change.kind(), new Failing(now, now, 1, why), (before, fresh) -> before.again(now, why));
        }
    }

    /**
     * Returns the current state.
     *
     * @param failedListeners number of failures of listeners since the store was opened
     */
    public synchronized Commits commits(long failedListeners) {
        long now = ticker.getAsLong();
        Optional<Failing> longest = longest(now);
        Duration busy = busy(now);
        Duration failed =
                longest.map(each -> Duration.ofNanos(now - each.first())).orElse(Duration.ZERO);
        boolean stands = busy.compareTo(failed) > 0;
        return new Commits(
                stands ? busy : failed,
                stands || longest.isEmpty() ? null : name(longest.get().cause()),
                failures,
                failedListeners);
    }

    public synchronized List<Finding> examine() {
        long now = ticker.getAsLong();
        List<Finding> findings = new ArrayList<>();
        Duration busy = busy(now);
        if (!busy.isZero()) {
            findings.add(new Finding(
                    Finding.STORE,
                    "the committer has stored nothing for " + busy.toSeconds() + " s while changes wait: it is "
                            + position(),
                    "check whether the database answers; if it does and this persists, restart the host: acknowledged"
                            + " changes are stored"));
        }
        longest(now)
                .ifPresent(each -> findings.add(new Finding(
                        Finding.STORE,
                        "the committer cannot store some changes: " + each.count() + " have failed for "
                                + Duration.ofNanos(now - each.first()).toSeconds() + " s: " + told(each.cause()),
                        "outcomes are kept and retried; remove the cause, and restart the host if this persists")));
        return findings;
    }

    private Duration busy(long now) {
        Duration busy = isBusy ? Duration.ofNanos(now - busySince) : Duration.ZERO;
        return busy.compareTo(LONG) < 0 ? Duration.ZERO : busy;
    }

    /** Returns the oldest failure that is recent and has lasted long. */
    private Optional<Failing> longest(long now) {
        return failing.values().stream()
                .filter(each -> now - each.first() >= LONG.toNanos() && now - each.last() < LATELY.toNanos())
                .min(Comparator.comparingLong(Failing::first));
    }

    private String position() {
        Thread thread = committer;
        StackTraceElement[] frames = thread == null ? new StackTraceElement[0] : thread.getStackTrace();
        return Stream.of(frames)
                .filter(frame -> !frame.getClassName().startsWith("java.")
                        && !frame.getClassName().startsWith("jdk."))
                .findFirst()
                .map(frame -> "in " + frame.getClassName() + "." + frame.getMethodName())
                .orElse("in no code");
    }

    private static String name(Throwable cause) {
        return root(cause).getClass().getSimpleName();
    }

    private static String told(Throwable cause) {
        Throwable root = root(cause);
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage());
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
