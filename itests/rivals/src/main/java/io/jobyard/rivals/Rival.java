// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A library that keeps jobs in a database and runs them, on a database of its own, its workers not started. */
interface Rival extends Closeable {

    int WORKERS = 4;

    /** Returns when the job is committed. */
    void submit(String payload) throws Exception;

    /** The same for many, by what the library has for that. */
    void submitAll(List<String> payloads) throws Exception;

    /** Workers begin. */
    void start() throws Exception;

    /** Workers begin no more jobs. */
    void pause() throws Exception;

    /** Workers begin jobs again. */
    void resume() throws Exception;

    /** Whether the database says so of as many jobs as were ever submitted. */
    boolean completed(long count) throws Exception;

    /** Workers end. */
    @Override
    void close() throws IOException;
}
