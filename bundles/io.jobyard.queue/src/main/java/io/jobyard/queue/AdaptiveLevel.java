// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

/**
 * Maximum number of runs that follows the answers of a provider: additive increase, multiplicative decrease. It grows by 1 after as many
 * successful runs as it allows, if at least half of it was in use meanwhile. An overloaded provider halves it. Not safe for use by several threads.
 */
final class AdaptiveLevel {

    /** Shortest time between two decreases. Refusals of one moment count once. */
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private AdaptiveBounds bounds;
    private int level;
    /** Number of successful runs since the latest change of the level, at most the level. */
    private int succeeded;

    /** Most slots in use at the end of a run since the latest change of the level. */
    private int mostInUse;

    private boolean hasHalved;
    private long halvedAt;

    AdaptiveLevel(AdaptiveBounds bounds) {
        this.bounds = bounds;
        level = bounds.least();
    }

    int level() {
        return level;
    }

    AdaptiveBounds bounds() {
        return bounds;
    }

    /** Applies changed bounds, and keeps the level within them. */
    void follow(AdaptiveBounds next) {
        bounds = next;
        restore(level);
    }

    /** Continues with a stored level, within the bounds. */
    void restore(int stored) {
        level = Math.max(bounds.least(), Math.min(bounds.most(), stored));
        forgetRuns();
    }

    /**
     * Counts a successful run.
     *
     * @param inUse slots in use, including that of the run
     * @return whether the level has changed
     */
    boolean succeeded(int inUse) {
        mostInUse = Math.max(mostInUse, inUse);
        succeeded++;
        if (succeeded < level) {
            return false;
        }
        boolean grows = level < bounds.most() && 2L * mostInUse >= level;
        level += grows ? 1 : 0;
        forgetRuns();
        return grows;
    }

    private void forgetRuns() {
        succeeded = 0;
        mostInUse = 0;
    }

    /**
     * Counts a run that the provider refused, or answered too late. Runs that began before the latest decrease are a result of the earlier
     * level, and change nothing.
     *
     * @param begunAt time at which the run was claimed; 0 if unknown
     * @param now the current time
     * @return whether the run counts, even if the level is the lowest one
     */
    boolean overloaded(long begunAt, long now) {
        long since = now - halvedAt; // negative after the clock was set back
        boolean isKnown = hasHalved && since >= 0 && (since < PAUSE_NANOS || begunAt != 0 && begunAt < halvedAt);
        if (isKnown) {
            return false;
        }
        hasHalved = true;
        halvedAt = now;
        forgetRuns();
        level = Math.max(bounds.least(), level / 2);
        return true;
    }
}
