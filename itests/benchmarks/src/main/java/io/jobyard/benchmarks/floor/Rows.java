// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What each step of a job's life writes. Nothing is in the database before {@link #send}. */
interface Rows extends AutoCloseable {

    /**
     * A job just before a step.
     *
     * @param version how many steps it has behind it; of a handler's own step, its place among these
     * @param run the run that begins or ends with this step, or the one before it; 0 if there was none
     * @param now microseconds since 1970 UTC
     */
    record JobAt(byte[] id, int version, int run, long now) {}

    void insert(JobAt job, String payload, byte @Nullable [] parent) throws SQLException;

    /** What it waited for is there. */
    void release(JobAt job, byte[] parent) throws SQLException;

    void start(JobAt job) throws SQLException;

    /** Its run failed and the next attempt comes later. */
    void retry(JobAt job) throws SQLException;

    /** The time of the next attempt has come. */
    void due(JobAt job) throws SQLException;

    /** A step of its handler is done. */
    void work(JobAt job) throws SQLException;

    void complete(JobAt job) throws SQLException;

    /** Its run reached its timeout and no attempt is left. */
    void timeOut(JobAt job) throws SQLException;

    void send() throws SQLException;

    @Override
    void close() throws SQLException;
}
