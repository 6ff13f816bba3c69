// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.BacklogEvent.Measure;
import io.jobyard.settings.api.SettingsReader;

/**
 * Bounds of a backlog. A higher value triggers an alert; 0 means no bound.
 *
 * @param ready number of ready jobs
 * @param oldestSeconds waiting time of the oldest ready job, in seconds
 */
record BacklogBounds(int ready, int oldestSeconds) {

    static final BacklogBounds NONE = new BacklogBounds(0, 0);
    private static final int MOST_READY = 100_000_000;
    private static final int YEAR_SECONDS = 31_536_000;

    static BacklogBounds read(SettingsReader reader) {
        return new BacklogBounds(
                reader.integer(Measure.READY.key(), 0, 0, MOST_READY),
                reader.integer(Measure.OLDEST.key(), 0, 0, YEAR_SECONDS));
    }

    int of(Measure measure) {
        return measure == Measure.READY ? ready : oldestSeconds;
    }

    @Override
    public String toString() {
        return Measure.READY.key() + " = " + ready + ", " + Measure.OLDEST.key() + " = " + oldestSeconds;
    }
}
