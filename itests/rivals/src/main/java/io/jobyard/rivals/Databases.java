// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

/** Where a library finds an empty database. */
interface Databases {

    String title();

    Empty create() throws Exception;

    /** For one task. */
    record Empty(String url, String password, Runnable dropping) implements AutoCloseable {
        @Override
        public void close() {
            dropping.run();
        }
    }
}
