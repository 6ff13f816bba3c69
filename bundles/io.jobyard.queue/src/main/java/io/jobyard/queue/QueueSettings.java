// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.settings.api.SettingsReader;

/** Checked settings of {@code io.jobyard.queue}. */
public record QueueSettings(int levels, int agingSeconds, int agingSharePercent, BacklogBounds guard) {

    public static final String PID = "io.jobyard.queue";
    static final int LEVELS = 10;
    static final int AGING_SECONDS = 60;
    static final int AGING_SHARE_PERCENT = 10;

    /** Reads and checks the settings. */
    public static QueueSettings read(SettingsReader reader) {
        return new QueueSettings(
                reader.integer("priority.levels", LEVELS, 1, 100),
                reader.integer("aging.seconds", AGING_SECONDS, 0, 86_400),
                reader.integer("aging.share.percent", AGING_SHARE_PERCENT, 1, 50),
                BacklogBounds.read(reader));
    }

    int defaultLevel() {
        return Math.min(5, levels);
    }

    int clamp(int level) {
        return Math.min(level, levels);
    }

    @Override
    public String toString() {
        return "priority.levels = " + levels + ", aging.seconds = " + agingSeconds + ", aging.share.percent = "
                + agingSharePercent + ", " + guard;
    }
}
