// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.io.IOException;
import java.util.concurrent.Callable;

/** A kind of database for contenders. */
interface Databases {

    String title();

    Empty create() throws Exception;

    /**
     * An empty database.
     *
     * @param url the address, without the password
     * @param measuring measures the usage up to now
     * @param dropping removes the database
     */
    record Empty(String url, String password, Callable<Usage> measuring, Dropping dropping) {

        Usage usage() throws Exception {
            return measuring.call();
        }

        void close() throws IOException {
            dropping.drop();
        }
    }

    /** Removes a database. */
    @FunctionalInterface
    interface Dropping {
        void drop() throws IOException;
    }
}
