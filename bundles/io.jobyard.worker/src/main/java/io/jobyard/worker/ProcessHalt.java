// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process immediately, without shutdown hooks and with all runs, like kill -9. */
final class ProcessHalt {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessHalt.class);
    private static final int CODE = 1;
    private static final long LOG_MILLIS = 100;

    private ProcessHalt() {}

    /** Ends the process. Logs the reason first, if the log accepts it in time. */
    static void now(String why) {
        Thread late = new Thread(ProcessHalt::halt, "jobyard-halt-1");
        late.setDaemon(true);
        late.start();
        LOG.error("Host ending now: {}", why);
        Runtime.getRuntime().halt(CODE);
    }

    private static void halt() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOG_MILLIS);
        } catch (InterruptedException e) {
            LOG.debug("Interrupted: the process ends slightly earlier", e);
        }
        Runtime.getRuntime().halt(CODE);
    }
}
