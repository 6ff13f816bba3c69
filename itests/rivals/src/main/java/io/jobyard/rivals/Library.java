// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.util.function.Consumer;
import javax.sql.DataSource;

/** The rivals that there are. */
enum Library {
    DB_SCHEDULER("db-scheduler", DbSchedulerRival::new),
    JOBRUNR("JobRunr", JobRunrRival::new),
    QUARTZ("Quartz", QuartzRival::new);

    private interface Maker {
        Rival make(DataSource database, Consumer<String> handler) throws Exception;
    }

    private final String title;
    private final Maker maker;

    Library(String title, Maker maker) {
        this.title = title;
        this.maker = maker;
    }

    String title() {
        return title;
    }

    /** With its tables made. */
    Rival on(DataSource database, Consumer<String> handler) throws Exception {
        return maker.make(database, handler);
    }
}
