// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.io.IOException;

/** Process of a contender with a database. A command ends after {@link Commands#LIMIT}, with the jobs that were done. */
interface Session extends AutoCloseable {

    /** Submits jobs from several threads; workers do not run. */
    Done submit(int jobs, int threads, int batch) throws Exception;

    /** Runs this number of stored jobs. */
    Done drain(int jobs) throws Exception;

    /** Submits jobs one by one from several threads while workers run them, until all are completed. */
    Done work(int jobs, int threads) throws Exception;

    /** Submits single jobs to an idle process at this interval, and measures the time from each return to the handler's first line. */
    Done latency(int jobs, long everyMillis) throws Exception;

    /** Returns the usage of the database up to now. */
    Usage usage() throws Exception;

    @Override
    void close() throws IOException;
}
